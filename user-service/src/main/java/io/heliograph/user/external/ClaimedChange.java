package io.heliograph.user.external;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.ReservedUsernames;

/**
 * What of an account follows its issuer.
 *
 * @param username whether the username does
 * @param email whether the address does
 */
record ClaimedChange(boolean username, boolean email) {

    /** @param news what the issuer says anew, all of which passes our rules; null where nothing is new */
    Account applyTo(Account account, ProfileClaims news) {
        boolean renamed = username && news.username() != null && !ReservedUsernames.contain(news.username());
        String name = renamed ? news.username() : account.username();
        // Who never had a display name is shown by the username.
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
                account.bot());
    }

    /** Without what somebody else has. */
    ClaimedChange without(NameTakenException taken) {
        boolean known = taken.isEmail() ? email : username;
        if (!known) {
            throw new IllegalStateException("a name that does not change is taken", taken);
        }
        return new ClaimedChange(username && taken.isEmail(), email && !taken.isEmail());
    }
}
