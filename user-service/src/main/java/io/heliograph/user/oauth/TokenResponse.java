package io.heliograph.user.oauth;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A token response of RFC 6749, 5.1 and RFC 8693, 2.2.1.
 *
 * @param issuedTokenType null unless for an exchange
 * @param expiresIn in seconds
 * @param scope null unless the request had one
 * @param userId the user of the token in this installation; an extension of those documents
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenResponse(
        @JsonProperty("access_token") String accessToken,

        @JsonProperty("issued_token_type") @Schema(nullable = true)
        String issuedTokenType,

        @JsonProperty("token_type") String tokenType,
        @JsonProperty("expires_in") long expiresIn,
        @JsonProperty("scope") @Schema(nullable = true) String scope,
        @JsonProperty("user_id") UUID userId) {}
