package io.heliograph.user.external;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.ReservedUsernames;

/**
 * The fields of an account that follow the claims of its issuer.
 *
 * @param username whether the username follows
 * @param email whether the address follows
 */
record ClaimedChange(boolean username, boolean email) {

    /** @param news the new claims, all valid; null where nothing is new */
    Account applyTo(Account account, ProfileClaims news) {
        boolean renamed = username && news.username() != null && !ReservedUsernames.contain(news.username());
        String name = renamed ? news.username() : account.username();
        // Without a display name of its own an account shows its username.
        boolean unnamed = account.displayName().equals(account.username());
        String shown = unnamed ? name : account.displayName();
        return new Account(
                account.id(),
                name,
                email && news.email() != null ? news.email() : account.email(),
                news.displayName() == null ? shown : news.displayName(),
                account.roles(),
                account.createdAt(),
                account.updatedAt(),
                account.version(),
                account.bot(),
                account.metadata());
    }

    /** Without the name that another account has. */
    ClaimedChange without(NameTakenException taken) {
        boolean known = taken.isEmail() ? email : username;
        if (!known) {
            throw new IllegalStateException("a name that does not change is taken", taken);
        }
        return new ClaimedChange(username && taken.isEmail(), email && !taken.isEmail());
    }
}
