package io.heliograph.message.token;

import io.heliograph.message.message.Sender;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** Who a verified access token speaks for. {@code session} is empty where the issuer names none. */
public record Caller(UUID id, String username, Set<String> roles, String session, Instant expiresAt) {

    static final String ATTRIBUTE = "caller";

    public Sender person() {
        return new Sender(id, username);
    }

    /** The caller of an authenticated HTTP request. */
    public static Caller of(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE);
    }
}
