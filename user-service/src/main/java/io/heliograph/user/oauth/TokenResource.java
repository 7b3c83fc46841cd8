package io.heliograph.user.oauth;

import io.smallrye.mutiny.Uni;
import jakarta.validation.Validator;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The token endpoint of OAuth 2.0 (RFC 6749, 3.2), for service accounts. */
@Path("/api/auth/token")
class TokenResource {

    private final TokenService service;
    private final Validator rules;

    TokenResource(TokenService service, Validator rules) {
        this.service = service;
        this.rules = rules;
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_JSON)
    public Uni<RestResponse<TokenResponse>> token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, FormParameters form) {
        ClientCredentials credentials = ClientCredentials.of(authorization, form);
        return service.token(credentials, TokenRequest.of(form, rules)).map(token -> ResponseBuilder.ok(token)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
    }
}
