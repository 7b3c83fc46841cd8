package io.heliograph.user.oauth;

import com.fasterxml.jackson.annotation.JsonProperty;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Describes the parameters that {@link TokenRequest} and {@link ClientCredentials} read from a form. */
@Schema(name = "TokenRequest")
record TokenForm(
        @NotNull @JsonProperty("grant_type") @Schema(examples = TokenRequest.CLIENT_CREDENTIALS)
        String grantType,

        @JsonProperty("client_id") @Schema(description = "Unless by HTTP Basic")
        String clientId,

        @JsonProperty("client_secret") @Schema(description = "Unless by HTTP Basic")
        String clientSecret,

        @Schema(description = "Roles, between spaces") String scope,

        @JsonProperty("subject_token") @Schema(description = "Of an exchange: the id of the user in the product")
        String subjectToken,

        @JsonProperty("subject_token_type") @Schema(description = "Of an exchange: `urn:heliograph:token-type:user-id`")
        String subjectTokenType,

        @Schema(description = "Of an exchange, for a user who has no account yet")
        String username,

        @JsonProperty("display_name") @Schema(description = "Of an exchange")
        String displayName,

        @Schema(description = "Of an exchange") String email) {}
