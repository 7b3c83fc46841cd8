package io.heliograph.message.person;

import io.heliograph.message.message.Sender;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;

/** The public profiles of user-service, read with the rights of the caller. */
@RegisterRestClient(configKey = "users")
@Path("/api/users")
interface UserDirectory {

    @GET
    @Path("{id}")
    CompletionStage<Sender> profile(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, @PathParam("id") UUID id);
}
