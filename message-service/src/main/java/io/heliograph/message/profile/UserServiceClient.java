package io.heliograph.message.profile;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The profiles of user-service. */
@RegisterRestClient(configKey = "users")
@Path("/")
interface UserServiceClient {

    /**
     * Each profile as it is now, at the place of its latest change; {@code next} is the place of the last one here, or a
     * lower one to read from anew.
     */
    record Changes(List<Profile> items, long next) {}

    /** With the rights of a caller. */
    @GET
    @Path("api/users/{id}")
    CompletionStage<Profile> profile(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") UUID id);

    /** Profiles by their ids. */
    record Profiles(List<Profile> items) {}

    /** The accounts with these ids, between commas; with the rights of a caller. */
    @GET
    @Path("api/users")
    CompletionStage<Profiles> profiles(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @QueryParam("ids") String ids);

    /** The account of a caller, as they see it. */
    @GET
    @Path("api/users/me")
    CompletionStage<Map<String, Object>> account(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    /** The sessions of a caller. */
    @GET
    @Path("api/auth/sessions")
    CompletionStage<Map<String, Object>> sessions(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization);

    /** The changes after this position, in order; with the secret of the feed. */
    @GET
    @Path("internal/profiles")
    CompletionStage<Changes> changes(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @QueryParam("after") long after,
            @QueryParam("limit") int limit);

    record AddressQuery(List<String> addresses) {}

    /** A profile, and the address by which it was asked for. */
    record AddressedProfile(String address, UUID id, long version, String username, String displayName) {
        Profile profile() {
            return new Profile(id, version, username, displayName, false, false);
        }
    }

    /** Profiles by their addresses. */
    record AddressedProfiles(List<AddressedProfile> items) {}

    /** Those of these addresses that belong to an account; with the secret of the feed. */
    @POST
    @Path("internal/profiles/by-address")
    CompletionStage<AddressedProfiles> byAddress(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, AddressQuery query);
}
