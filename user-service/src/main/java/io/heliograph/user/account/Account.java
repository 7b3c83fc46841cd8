package io.heliograph.user.account;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A person, as stored, without the password. {@code version} counts the changes of its profile. */
public record Account(
        UUID id,
        String username,
        String email,
        String displayName,
        List<String> roles,
        Instant createdAt,
        Instant updatedAt,
        long version) {}
