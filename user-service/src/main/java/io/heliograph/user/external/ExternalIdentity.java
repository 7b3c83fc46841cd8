package io.heliograph.user.external;

import io.heliograph.auth.ExternalClaims;
import java.time.Instant;
import java.util.UUID;

/**
 * A user of another issuer with its claims. {@code id} is derived from {@code issuer} and {@code subject}.
 *
 * @param admin whether the issuer claims that they are an admin
 * @param presented by the backend of a product: a changed username changes the account too, and the backend cannot act
 *     for admins
 * @param saidAt the time of the claims; the later claims of a user apply
 */
record ExternalIdentity(
        UUID id,
        String issuer,
        String subject,
        ProfileClaims profile,
        boolean admin,
        boolean presented,
        Instant saidAt) {

    /** The same person with these claims. */
    ExternalIdentity claiming(ProfileClaims claims) {
        return new ExternalIdentity(id, issuer, subject, claims, admin, presented, saidAt);
    }

    /** By a token of the issuer. */
    static ExternalIdentity of(UUID id, ExternalClaims claims, ProfileClaims profile, boolean admin) {
        return new ExternalIdentity(id, claims.issuer(), claims.subject(), profile, admin, false, claims.issuedAt());
    }

    /** By the backend of a product, which speaks for its users now. */
    static ExternalIdentity presented(String issuer, String subject, ProfileClaims profile) {
        UUID id = ExternalClaims.accountId(issuer, subject);
        return new ExternalIdentity(id, issuer, subject, profile, false, true, Instant.now());
    }
}
