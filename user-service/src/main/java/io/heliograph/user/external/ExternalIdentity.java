package io.heliograph.user.external;

import io.heliograph.auth.ExternalClaims;
import java.time.Instant;
import java.util.UUID;

/**
 * A user of another issuer with its claims. {@code id} is derived from {@code issuer} and {@code subject}.
 *
 * @param admin whether the user is an admin by the claims of the issuer
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

    /** The same user with these claims. */
    ExternalIdentity claiming(ProfileClaims claims) {
        return new ExternalIdentity(id, issuer, subject, claims, admin, presented, saidAt);
    }

    /** An identity in a token of the issuer. */
    static ExternalIdentity of(UUID id, ExternalClaims claims, ProfileClaims profile, boolean admin) {
        return new ExternalIdentity(id, claims.issuer(), claims.subject(), profile, admin, false, claims.issuedAt());
    }

    /** An identity that the backend of a product presents now. */
    static ExternalIdentity presented(String issuer, String subject, ProfileClaims profile) {
        UUID id = ExternalClaims.accountId(issuer, subject);
        return new ExternalIdentity(id, issuer, subject, profile, false, true, Instant.now());
    }
}
