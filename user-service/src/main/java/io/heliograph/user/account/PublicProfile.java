package io.heliograph.user.account;

import java.time.Instant;
import java.util.UUID;

/** What everyone who is signed in is shown of an account: no address. */
record PublicProfile(UUID id, String username, String displayName, Instant createdAt, Instant updatedAt) {

    static PublicProfile of(Account account) {
        return new PublicProfile(
                account.id(), account.username(), account.displayName(), account.createdAt(), account.updatedAt());
    }
}
