package io.heliograph.user.account;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.heliograph.rest.metadata.Metadata;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The profile that every signed-in user sees: without the address. Of two, the higher {@code version} is the newer. */
record PublicProfile(
        UUID id,
        @Schema(examples = "ada") String username,
        @Schema(examples = "Ada Lovelace") String displayName,
        Instant createdAt,
        Instant updatedAt,
        long version,
        // Left out of the profiles of people.
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean bot,

        @Schema(implementation = Map.class, nullable = true) @JsonInclude(JsonInclude.Include.NON_NULL)
        Metadata metadata) {

    static PublicProfile of(Account account) {
        return new PublicProfile(
                account.id(),
                account.username(),
                account.displayName(),
                account.createdAt(),
                account.updatedAt(),
                account.version(),
                account.bot(),
                account.metadata());
    }
}
