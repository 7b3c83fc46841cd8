package io.heliograph.auth;

import io.quarkus.security.identity.SecurityIdentity;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * The person that a verified access token speaks for.
 *
 * @param username empty for a person of another issuer, whom only user-service names; as is {@code displayName}
 * @param profileVersion of the profile that the names are from; 0 if the token does not say
 * @param session empty if the token names none
 * @param authenticatedAt when the person last signed in ({@code auth_time} of OpenID Connect, else {@code iat}); the
 *     epoch if the token does not say
 * @param external what another issuer claims of the person; null for our own tokens
 * @param bot whether it is no person, but a service account
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
