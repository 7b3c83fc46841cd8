package io.heliograph.user.external;

import io.heliograph.user.account.Account;
import java.time.Instant;
import java.util.Optional;

/**
 * The account of a user of another issuer, found or created.
 *
 * @param account empty if it was deleted
 * @param claimed the last claims of the issuer
 * @param claimedAt the time of these claims; null if it is not known
 */
record AccountLookup(
        Optional<Account> account,
        boolean isNew,
        boolean admin,
        boolean banned,
        ProfileClaims claimed,
        Instant claimedAt) {

    /** With the current account, if it was changed. */
    AccountLookup changed(Optional<Account> present) {
        return new AccountLookup(present.or(() -> account), isNew, admin, banned, claimed, claimedAt);
    }

    /** Whether this identity has claims that are not stored yet. */
    boolean isOutdatedBy(ExternalIdentity identity) {
        boolean later = claimedAt == null || claimedAt.isBefore(identity.saidAt());
        boolean news = claimedAt == null || identity.profile().isNewsTo(claimed) || (identity.admin() && !admin);
        return !isNew && account.isPresent() && !banned && later && news && !(identity.presented() && isOfAdmin());
    }

    /** Whether the user is an admin by the account, or by a claim of the issuer, now or earlier. */
    boolean isOfAdmin() {
        return admin || account.filter(Account::isAdmin).isPresent();
    }
}
