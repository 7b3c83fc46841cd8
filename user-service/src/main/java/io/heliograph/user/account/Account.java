package io.heliograph.user.account;

import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * The account of a user or a program, as stored, without the password. {@code version} counts the changes of the
 * profile; {@code bot} marks a service account; {@code metadata} are data of the embedding application, or null.
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

    /**
     * The entity tag of the profile. Includes the account, because all users read their own profile at the same path.
     */
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
