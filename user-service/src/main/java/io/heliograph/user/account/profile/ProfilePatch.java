package io.heliograph.user.account.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.heliograph.rest.metadata.Metadata;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.DisplayName;
import io.heliograph.user.account.DisplayNames;
import io.heliograph.user.account.EmailAddress;
import io.heliograph.user.account.ReservedUsernames;
import io.heliograph.user.account.Username;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * A change of the caller's profile (a JSON merge patch). A missing field is not changed. Only the display name can be
 * null, which resets it to the username, and the metadata, which removes them.
 */
final class ProfilePatch {

    private static final String NEEDED = "must not be null";

    // Jackson sets the fields that are present: null if the field was left out, empty if it was null.
    @JsonProperty
    Optional<@NotNull(message = NEEDED) @Username String> username;

    @JsonProperty
    Optional<@NotNull(message = NEEDED) @EmailAddress String> email;

    @JsonProperty
    Optional<@DisplayName String> displayName;

    @Schema(implementation = Map.class, nullable = true)
    @JsonProperty
    Optional<Metadata> metadata;

    /** The account after the change. Without a chosen display name it follows the username. */
    Account applyTo(Account account) {
        String name = username == null ? account.username() : username.orElseThrow();
        if (!name.equalsIgnoreCase(account.username())) {
            ReservedUsernames.check(name);
        }
        String shown = displayName == null ? account.displayName() : DisplayNames.fold(displayName.orElse(name));
        boolean unnamed = displayName == null && shown.equals(account.username());
        return new Account(
                account.id(),
                name,
                email == null ? account.email() : email.orElseThrow(),
                unnamed ? name : shown,
                account.roles(),
                account.createdAt(),
                account.updatedAt(),
                account.version(),
                account.bot(),
                metadata == null
                        ? account.metadata()
                        : metadata.filter(given -> !given.isEmpty()).orElse(null));
    }
}
