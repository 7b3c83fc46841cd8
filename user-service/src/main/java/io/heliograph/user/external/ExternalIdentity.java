package io.heliograph.user.external;

import io.heliograph.auth.ExternalClaims;
import java.time.Instant;
import java.util.UUID;

/**
 * A user of another issuer and what it says of them. {@code id} is made of {@code issuer} and {@code subject}.
 *
 * @param admin whether the issuer says that they are an admin here
 * @param presented by the backend of a product: a changed username is a change of the account, too, and admins are none
 *     of its people
 * @param saidAt of two of the same person the later one is right
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
