package io.heliograph.message.token;

import io.heliograph.message.message.Sender;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who a verified access token speaks for. {@code profileVersion} says how new its names are, 0 where the issuer does not
 * tell; {@code session} is empty where it names none.
 */
public record Caller(
        UUID id,
        String username,
        String displayName,
        long profileVersion,
        Set<String> roles,
        String session,
        Instant expiresAt) {

    static final String ATTRIBUTE = "caller";

    /** By the names in the token. */
    public Sender person() {
        return new Sender(id, username, displayName, false);
    }

    /** The caller of an authenticated HTTP request. */
    public static Caller of(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE);
    }
}
