package io.heliograph.user.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Maps a rejection to the response of RFC 6749, 5.2, because OAuth clients do not read problem details. */
final class OAuthExceptionMapper {

    @ServerExceptionMapper
    public Response toResponse(OAuthException refusal) {
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .type(MediaType.APPLICATION_JSON)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(new OAuthError(refusal.error(), refusal.getMessage()));
        return refusal.status() == Status.UNAUTHORIZED
                ? answer.header(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"heliograph\"")
                        .build()
                : answer.build();
    }

    // Registered because no signature has this type.
    @RegisterForReflection
    record OAuthError(
            String error, @JsonProperty("error_description") String description) {}
}
