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
     * Profiles in their current state, in the order of their latest changes; {@code next} is the position of the last
     * one, or a lower one from which to read again.
     */
    record Changes(List<Profile> items, long next) {}

    /** The profile of a user, with the rights of a caller. */
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

    /** The account of a caller, as the caller sees it. */
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

    /** A profile, and the address by which it was found. */
    record AddressedProfile(String address, UUID id, long version, String username, String displayName) {
        Profile profile() {
            return new Profile(id, version, username, displayName, false, false);
        }
    }

    /** Profiles by their addresses. */
    record AddressedProfiles(List<AddressedProfile> items) {}

    /** The profiles of the accounts with these addresses; with the secret of the feed. */
    @POST
    @Path("internal/profiles/by-address")
    CompletionStage<AddressedProfiles> byAddress(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, AddressQuery query);
}
