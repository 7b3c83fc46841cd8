package io.heliograph.user.account;

import io.heliograph.auth.ExternalClaims;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.UUID;

/**
 * What another system knows a person by.
 *
 * @param issuer the {@code iss} of an OpenID provider, or the issuer of a service account
 * @param subject the same person for ever
 */
@RegisterForReflection
public record ExternalId(
        @NotNull(message = "is needed") @Pattern(regexp = ExternalId.TEXT, message = ExternalId.RULE)
        String issuer,

        @NotNull(message = "is needed") @Pattern(regexp = ExternalId.TEXT, message = ExternalId.RULE)
        String subject) {

    static final String TEXT = "[^\\p{Cc}\\p{Cs}]{1,255}";
    static final String RULE = "must have 1 to 255 characters, none of them a control character";

    /** The id that the account of this person has, or will have. */
    public UUID accountId() {
        return ExternalClaims.accountId(issuer, subject);
    }
}
