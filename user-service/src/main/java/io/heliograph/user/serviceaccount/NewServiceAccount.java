package io.heliograph.user.serviceaccount;

import io.heliograph.user.account.DisplayName;
import io.heliograph.user.account.Role;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * The request for a new service account.
 *
 * @param name its display name; need not be unique
 * @param issuer whose user ids it uses: the {@code iss} of an OpenID provider, if the product has the same ids as its
 *     provider. Without one all service accounts share {@link #PRODUCT}.
 */
record NewServiceAccount(
        @NotNull(message = NEEDED) @DisplayName String name,

        @NotEmpty(message = "must name at least one role") @Size(max = 3, message = "must name each role once")
        List<@NotNull(message = UNKNOWN_ROLE) @Pattern(regexp = KNOWN_ROLES, message = UNKNOWN_ROLE) String> roles,

        @Size(min = 1, max = 255, message = "must have 1 to 255 characters")
        @Pattern(regexp = "[^\\p{Cc}\\p{Cs}]*", message = "must not contain control characters")
        String issuer) {

    /** The issuer of ids that are the product's own. */
    static final String PRODUCT = "urn:heliograph:product";

    private static final String NEEDED = "is needed";
    private static final String KNOWN_ROLES = Role.USER + "|" + Role.INTEGRATOR + "|" + Role.IMPERSONATOR;
    private static final String UNKNOWN_ROLE = "must be user, integrator or impersonator";

    NewServiceAccount {
        issuer = issuer == null ? PRODUCT : issuer;
    }

    /** The roles without duplicates, in the order in which they are shown. */
    List<String> distinctRoles() {
        return Role.OF_SERVICE_ACCOUNTS.stream().filter(roles::contains).toList();
    }
}
