package io.heliograph.user.account;

import io.heliograph.auth.ExternalClaims;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * The id of a user in another system.
 *
 * @param issuer the {@code iss} of an OpenID provider, or the issuer of a service account
 * @param subject the permanent id of the user at the issuer
 */
@RegisterForReflection
public record ExternalId(
        @NotNull(message = "is needed") @Pattern(regexp = ExternalId.TEXT, message = ExternalId.RULE)
        String issuer,

        @NotNull(message = "is needed") @Pattern(regexp = ExternalId.TEXT, message = ExternalId.RULE)
        String subject) {

    static final String TEXT = "[^\\p{Cc}\\p{Cs}]{1,255}";
    static final String RULE = "must have 1 to 255 characters, none of them a control character";

    /** The id of the account of this user, existing or not. */
    public UUID accountId() {
        return ExternalClaims.accountId(issuer, subject);
    }
}
