package io.heliograph.client;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.util.Base64;

/**
 * The claims of a JSON Web Token, whose signature only the server verifies. All are unknown for any other token.
 *
 * @param expiresAt seconds since 1970; null if not given
 * @param issuedAt likewise
 */
record Claims(
        @JsonProperty("sub") String subject,
        @JsonProperty("upn") String username,
        @JsonProperty("exp") Double expiresAt,
        @JsonProperty("iat") Double issuedAt) {

    /** Milliseconds: far enough away, and a sum of two is no overflow. */
    static final long FOREVER = Long.MAX_VALUE / 4;

    private static final Claims UNKNOWN = new Claims("", "", null, null);

    Claims {
        subject = subject == null ? "" : subject;
        username = username == null ? "" : username;
    }

    static Claims of(String token) {
        try {
            byte[] payload = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
            return Json.MAPPER.readValue(payload, Claims.class);
        } catch (IOException | RuntimeException noJsonWebToken) {
            return UNKNOWN;
        }
    }

    /** The whole lifetime of the token in milliseconds; {@link Tokens#FOREVER} if not given. */
    long lifeMillis() {
        return expiresAt == null || issuedAt == null ? FOREVER : (long) ((expiresAt - issuedAt) * 1_000);
    }
}
