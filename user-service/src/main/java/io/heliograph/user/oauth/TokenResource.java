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
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;

/** The token endpoint of OAuth 2.0 (RFC 6749, 3.2), for service accounts. */
@Tag(name = "auth")
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
    @Operation(
            operationId = "getToken",
            summary = "Get an access token for a service account",
            description =
                    "The token endpoint of OAuth 2.0: `grant_type=client_credentials` (RFC 6749, 4.4), or `grant_type=urn:ietf:params:oauth:grant-type:token-exchange` (RFC 8693) for a token of a user of the product. The client authenticates by HTTP Basic or by `client_id` and `client_secret`.")
    @APIResponse(
            responseCode = "200",
            description = "The token",
            headers = @Header(name = "Cache-Control", ref = "Cache-Control"))
    @APIResponse(
            responseCode = "400",
            description = "`invalid_grant`, `unauthorized_client`, `unsupported_grant_type`, `invalid_scope`",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = OAuthExceptionMapper.OAuthError.class)))
    @APIResponse(
            responseCode = "401",
            description = "`invalid_client`",
            content =
                    @Content(
                            mediaType = "application/json",
                            schema = @Schema(implementation = OAuthExceptionMapper.OAuthError.class)))
    @APIResponse(responseCode = "429", description = "`too_many_sign_ins`")
    public Uni<RestResponse<TokenResponse>> token(
            @HeaderParam(HttpHeaders.AUTHORIZATION) String authorization,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_FORM_URLENCODED,
                                            schema = @Schema(implementation = TokenForm.class)))
                    FormParameters form) {
        ClientCredentials credentials = ClientCredentials.of(authorization, form);
        return service.token(credentials, TokenRequest.of(form, rules)).map(token -> ResponseBuilder.ok(token)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build());
    }
}
