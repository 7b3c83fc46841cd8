package io.heliograph.user.token;

import java.util.List;
import java.util.UUID;

/** Whom a token speaks for. {@code version} is that of the profile that the names are from. */
public record Subject(UUID id, String username, String displayName, long version, List<String> roles) {

    /** The same with these roles alone. */
    public Subject withRoles(List<String> fewer) {
        return new Subject(id, username, displayName, version, List.copyOf(fewer));
    }
}
