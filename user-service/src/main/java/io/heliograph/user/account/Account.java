package io.heliograph.user.account;

import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A person or a program, as stored, without the password. {@code version} counts the changes of its profile; {@code bot}
 * says that it is a service account; {@code metadata} are data of the embedder, or null.
 */
public record Account(
        UUID id,
        String username,
        String email,
        String displayName,
        List<String> roles,
        Instant createdAt,
        Instant updatedAt,
        long version,
        boolean bot,
        Metadata metadata) {

    /** The entity tag of the profile: names the account too, because the path of the caller's profile is the same for all. */
    public EntityTag tag() {
        return new EntityTag(id + "-" + version);
    }

    public boolean isAdmin() {
        return roles.contains(Role.ADMIN);
    }

    /** The problem for an account that does not exist. */
    public static ProblemException unknown() {
        return ProblemException.of(Status.NOT_FOUND, "user_not_found", "There is no such user.");
    }
}
