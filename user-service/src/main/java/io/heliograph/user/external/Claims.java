package io.heliograph.user.external;

import io.heliograph.user.account.DisplayNames;
import io.heliograph.user.external.IssuersConfig.IssuerConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;

/**
 * Which claims of a verified token identify its user. An issuer speaks for people of its own only: whatever it
 * calls them, none of them can have the id of an account of ours or of another issuer.
 */
record Claims(String user, String username, List<String> rolesPath, Set<String> roles) {

    /** As OpenID Connect bounds a {@code sub}; and what a table can hold, letter by letter. */
    private static final Pattern SUBJECT = Pattern.compile("[^\\p{Cc}\\p{Cs}]{1,255}");

    static Claims of(IssuerConfig config) {
        return new Claims(
                config.userClaim(),
                config.usernameClaim(),
                List.of(config.rolesClaim().split("/", -1)),
                Set.copyOf(config.roles()));
    }

    /** Throws if the claims are signed but not of the form that was agreed on. */
    ExternalIdentity identity(JwtClaims claims) throws MalformedClaimException {
        String subject = claims.getStringClaimValue(user);
        if (!SUBJECT.matcher(subject).matches()) {
            throw new IllegalArgumentException("no subject");
        }
        return new ExternalIdentity(
                derived(claims.getIssuer(), subject),
                claims.getIssuer(),
                subject,
                profile(claims),
                roles(claims),
                signedInAt(claims));
    }

    /** In seconds since 1970; a token without {@code auth_time} is as old as itself. */
    private static long signedInAt(JwtClaims claims) throws MalformedClaimException {
        NumericDate at = claims.getNumericDateClaimValue("auth_time");
        at = at == null ? claims.getIssuedAt() : at;
        return at == null ? 0 : at.getValue();
    }

    /** Of an address only what the issuer vouches for; some write {@code true} as text. */
    private ProfileClaims profile(JwtClaims claims) {
        boolean verified = "true".equals(String.valueOf(claims.getClaimValue("email_verified")));
        return new ProfileClaims(
                text(claims, username),
                verified ? text(claims, "email") : null,
                DisplayNames.fold(text(claims, "name")));
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
        found.retainAll(roles);
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
