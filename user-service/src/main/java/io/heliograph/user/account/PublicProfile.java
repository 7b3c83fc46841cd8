package io.heliograph.user.account;

import java.time.Instant;
import java.util.UUID;

/** What everyone who is signed in is shown of an account: no address. {@code version} tells the newer of two. */
record PublicProfile(UUID id, String username, String displayName, Instant createdAt, Instant updatedAt, long version) {

    static PublicProfile of(Account account) {
        return new PublicProfile(
                account.id(),
                account.username(),
                account.displayName(),
                account.createdAt(),
                account.updatedAt(),
                account.version());
    }
}
