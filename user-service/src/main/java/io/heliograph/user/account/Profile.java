package io.heliograph.user.account;

import java.time.Instant;
import java.util.UUID;

/** What a person is shown of their own account. */
public record Profile(
        UUID id, String username, String email, String displayName, Instant createdAt, Instant updatedAt) {

    public static Profile of(Account account) {
        return new Profile(
                account.id(),
                account.username(),
                account.email(),
                account.displayName(),
                account.createdAt(),
                account.updatedAt());
    }
}
