package io.heliograph.user.token;

import java.util.List;
import java.util.UUID;

/** The subject of a token. {@code version} is that of the profile with these names. */
public record Subject(UUID id, String username, String displayName, long version, List<String> roles) {

    /** The same subject with only these roles. */
    public Subject withRoles(List<String> fewer) {
        return new Subject(id, username, displayName, version, List.copyOf(fewer));
    }
}
