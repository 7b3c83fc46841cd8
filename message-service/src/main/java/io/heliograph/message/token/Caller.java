package io.heliograph.message.token;

import io.heliograph.message.message.Sender;
import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Who a verified access token speaks for. {@code profileVersion} says how new its names are, 0 where the issuer does not
 * tell; {@code session} is empty where it names none. Whom an issuer that is not ours vouches for has no names at first:
 * only user-service gives them.
 */
public record Caller(
        UUID id,
        String username,
        String displayName,
        long profileVersion,
        Set<String> roles,
        String session,
        Instant expiresAt) {

    public static final String ATTRIBUTE = "caller";

    /** Whether it is one of those who run the installation. */
    public boolean isAdmin() {
        return roles.contains("admin");
    }

    public boolean isNamed() {
        return !username.isEmpty();
    }

    public Caller named(String name, String shown, long version) {
        return new Caller(id, name, shown, version, roles, session, expiresAt);
    }

    /** By the names in the token. */
    public Sender person() {
        return new Sender(id, username, displayName, false);
    }

    /** The caller of an authenticated HTTP request. */
    public static Caller of(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE);
    }
}
