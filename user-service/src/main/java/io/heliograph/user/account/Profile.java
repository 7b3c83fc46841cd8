package io.heliograph.user.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.rest.metadata.Metadata;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The account as its owner sees it. */
public record Profile(
        UUID id,
        @Schema(examples = "ada") String username,

        @Schema(nullable = true, examples = "ada@example.com")
        String email,

        @Schema(examples = "Ada Lovelace") String displayName,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<ExternalId> externalIds,

        @Schema(implementation = Map.class, nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
        Metadata metadata,

        Instant createdAt,
        Instant updatedAt) {

    public static Profile of(Account account) {
        return of(account, List.of());
    }

    /** With the ids of the user in other systems. */
    public static Profile of(Account account, List<ExternalId> externalIds) {
        return new Profile(
                account.id(),
                account.username(),
                account.email(),
                account.displayName(),
                externalIds,
                account.metadata(),
                account.createdAt(),
                account.updatedAt());
    }
}
