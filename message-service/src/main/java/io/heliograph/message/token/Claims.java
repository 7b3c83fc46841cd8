package io.heliograph.message.token;

import io.heliograph.message.token.TokenConfig.IssuerConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
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

/**
 * Which claims of a verified token say who the caller is. An issuer speaks for people of its own only: whatever it
 * calls them, none of them can have the id of an account of ours or of another issuer.
 *
 * <p>Nor does it name them here: what it calls someone may be somebody else's username.
 *
 * @param roles those that count; null if all do
 */
record Claims(boolean own, String user, List<String> rolesPath, Set<String> roles) {

    static final Claims OWN = new Claims(true, "sub", List.of("groups"), null);

    static Claims of(IssuerConfig config) {
        return new Claims(
                false, config.userClaim(), List.of(config.rolesClaim().split("/", -1)), Set.copyOf(config.roles()));
    }

    /** Throws if the claims are signed but not of the form that was agreed on. */
    Caller caller(JwtClaims claims) throws MalformedClaimException {
        String subject = Objects.requireNonNull(claims.getStringClaimValue(user));
        String username = own ? Objects.requireNonNullElse(claims.getStringClaimValue("upn"), "") : "";
        return new Caller(
                own ? UUID.fromString(subject) : derived(claims.getIssuer(), subject),
                username,
                own ? Objects.requireNonNullElse(claims.getStringClaimValue("name"), username) : "",
                own ? Objects.requireNonNullElse(claims.getClaimValue("profile_version", Long.class), 0L) : 0,
                roles(claims),
                Objects.requireNonNullElse(claims.getStringClaimValue("sid"), ""),
                Instant.ofEpochSecond(claims.getExpirationTime().getValue()));
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

    /** A UUID of version 8, made of both names: the same for ever, and nobody's choice. */
    private static UUID derived(String issuer, String subject) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(issuer.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
            ByteBuffer hash = ByteBuffer.wrap(digest.digest(subject.getBytes(StandardCharsets.UTF_8)));
            long high = (hash.getLong() & ~0xf000L) | 0x8000L;
            long low = (hash.getLong() >>> 2) | Long.MIN_VALUE;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
