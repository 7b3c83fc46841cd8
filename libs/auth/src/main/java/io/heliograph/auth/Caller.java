package io.heliograph.auth;

import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The user of a verified access token.
 *
 * @param username empty for a user of another issuer, since only user-service has the name; so is {@code displayName}
 * @param profileVersion version of the profile with these names; 0 if the token has none
 * @param session empty if the token has none
 * @param authenticatedAt when the user last signed in ({@code auth_time} of OpenID Connect, otherwise {@code iat}); the
 *     epoch if the token has neither
 * @param external the claims of another issuer about the user; null for our own tokens
 * @param bot whether it is a service account
 */
public record Caller(
        UUID id,
        String username,
        String displayName,
        long profileVersion,
        Set<String> roles,
        String session,
        Instant authenticatedAt,
        Instant expiresAt,
        ExternalClaims external,
        boolean bot) {

    /** Of the {@link SecurityIdentity} of an authenticated HTTP request. */
    public static final String ATTRIBUTE = "caller";

    /** The role of an administrator. */
    public static final String ADMIN = "admin";

    private static final String INTEGRATOR = "integrator";

    public boolean isAdmin() {
        return roles.contains(ADMIN);
    }

    /** Whether the caller is a backend that looks after the rooms of others. */
    public boolean isIntegrator() {
        return roles.contains(INTEGRATOR);
    }

    /** Whether the caller may act on the memberships of every room. */
    public boolean isModerator() {
        return isAdmin() || isIntegrator();
    }

    public boolean isNamed() {
        return !username.isEmpty();
    }

    /** The same person by the names of this version of their profile. */
    public Caller named(String username, String displayName, long profileVersion) {
        return new Caller(
                id, username, displayName, profileVersion, roles, session, authenticatedAt, expiresAt, external, bot);
    }

    /** The caller of an authenticated HTTP request. */
    public static Caller of(SecurityIdentity identity) {
        return identity.getAttribute(ATTRIBUTE);
    }
}
