package io.heliograph.auth;

import io.heliograph.auth.TokenConfig.IssuerConfig;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Creates a {@link Caller} from the claims of a verified token. The id of a user of another issuer is derived from the
 * issuer, so that it cannot be the id of an account of ours or of another issuer.
 *
 * @param roles the accepted roles; null if all are accepted
 */
record ClaimsMapping(boolean own, String user, String username, List<String> rolesPath, Set<String> roles) {

    /** The service account that requested the token (RFC 9068). */
    private static final String CLIENT = "client_id";

    static final ClaimsMapping OWN = new ClaimsMapping(true, "sub", "upn", List.of("groups"), null);

    static ClaimsMapping of(IssuerConfig config) {
        return new ClaimsMapping(
                false,
                config.userClaim(),
                config.usernameClaim(),
                List.of(config.rolesClaim().split("/", -1)),
                Set.copyOf(config.roles()));
    }

    /** Throws if the claims are signed but not of the form that was agreed on. */
    Caller caller(JwtClaims claims) throws MalformedClaimException {
        String subject = Objects.requireNonNull(claims.getStringClaimValue(user));
        return own ? ours(claims, subject) : external(claims, subject);
    }

    private Caller ours(JwtClaims claims, String subject) throws MalformedClaimException {
        String name = Objects.requireNonNullElse(claims.getStringClaimValue(username), "");
        return new Caller(
                UUID.fromString(subject),
                name,
                Objects.requireNonNullElse(claims.getStringClaimValue("name"), name),
                Objects.requireNonNullElse(claims.getClaimValue("profile_version", Long.class), 0L),
                roles(claims),
                session(claims),
                // A token that a service account requested never proves a recent sign-in.
                claims.hasClaim(CLIENT) ? Instant.EPOCH : authenticatedAt(claims),
                expiresAt(claims),
                null,
                Boolean.TRUE.equals(claims.getClaimValue("bot")));
    }

    private Caller external(JwtClaims claims, String subject) throws MalformedClaimException {
        if (!ExternalClaims.isSubject(subject)) {
            throw new IllegalArgumentException("not a subject");
        }
        // Some issuers write true as text.
        boolean verified = "true".equals(String.valueOf(claims.getClaimValue("email_verified")));
        return new Caller(
                ExternalClaims.accountId(claims.getIssuer(), subject),
                "",
                "",
                0,
                roles(claims),
                session(claims),
                authenticatedAt(claims),
                expiresAt(claims),
                new ExternalClaims(
                        claims.getIssuer(),
                        subject,
                        text(claims, username),
                        verified ? text(claims, "email") : null,
                        text(claims, "name"),
                        issuedAt(claims)),
                false);
    }

    private static String session(JwtClaims claims) throws MalformedClaimException {
        return Objects.requireNonNullElse(claims.getStringClaimValue("sid"), "");
    }

    private static Instant authenticatedAt(JwtClaims claims) throws MalformedClaimException {
        NumericDate at = claims.getNumericDateClaimValue("auth_time");
        return at == null ? issuedAt(claims) : Instant.ofEpochSecond(at.getValue());
    }

    private static Instant issuedAt(JwtClaims claims) throws MalformedClaimException {
        NumericDate at = claims.getIssuedAt();
        return at == null ? Instant.EPOCH : Instant.ofEpochSecond(at.getValue());
    }

    private static Instant expiresAt(JwtClaims claims) throws MalformedClaimException {
        return Instant.ofEpochSecond(claims.getExpirationTime().getValue());
    }

    private static String text(JwtClaims claims, String name) {
        return claims.getClaimValue(name) instanceof String text ? text : null;
    }

    private Set<String> roles(JwtClaims claims) {
        Object value = claims.getClaimsMap();
        for (String name : rolesPath) {
            value = value instanceof Map<?, ?> map ? map.get(name) : null;
        }
        Set<String> found = new HashSet<>();
        if (value instanceof Collection<?> list) {
            list.forEach(role -> found.add((String) role));
        } else if (value != null) {
            found.addAll(List.of(((String) value).split(" ", -1)));
        }
        if (roles != null) {
            found.retainAll(roles);
        }
        return Set.copyOf(found);
    }
}
