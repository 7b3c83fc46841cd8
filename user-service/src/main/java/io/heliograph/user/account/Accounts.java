package io.heliograph.user.account;

import java.util.List;

/** Accounts as everyone sees them; {@code next} is the cursor to ask on with, or null if these are all. */
record Accounts(List<PublicProfile> items, String next) {

    static Accounts all(List<Account> accounts) {
        return new Accounts(accounts.stream().map(PublicProfile::of).toList(), null);
    }

    /** {@code found} holds one more than {@code limit} if there is more. */
    static Accounts page(List<Found> found, int limit) {
        return new Accounts(
                found.stream()
                        .limit(limit)
                        .map(one -> PublicProfile.of(one.account()))
                        .toList(),
                found.size() > limit ? found.get(limit - 1).place().cursor() : null);
    }
}
