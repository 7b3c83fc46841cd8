package io.heliograph.user.external;

import io.heliograph.user.account.DisplayName;
import io.heliograph.user.account.EmailAddress;
import io.heliograph.user.account.Username;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The profile of a user by the claims of an issuer, or of the backend of a product. The claims may be null, and may
 * break the rules of this service.
 */
public record ProfileClaims(
        @Username String username,
        @EmailAddress String email,
        @DisplayName String displayName) {

    /** Without invalid claims. */
    ProfileClaims valid(Validator rules) {
        Set<String> wrong = rules.validate(this).stream()
                .map(violation -> violation.getPropertyPath().toString())
                .collect(Collectors.toSet());
        return new ProfileClaims(
                wrong.contains("username") ? null : username,
                wrong.contains("email") ? null : email,
                wrong.contains("displayName") ? null : displayName);
    }

    /** Whether a claim differs from {@code known}. */
    boolean isNewsTo(ProfileClaims known) {
        return isNews(username, known.username) || isNews(email, known.email) || isNews(displayName, known.displayName);
    }

    /** The claims that differ from {@code known}; the others are null. */
    ProfileClaims newsTo(ProfileClaims known) {
        return new ProfileClaims(
                isNews(username, known.username) ? username : null,
                isNews(email, known.email) ? email : null,
                isNews(displayName, known.displayName) ? displayName : null);
    }

    /** A missing claim is no change. */
    private static boolean isNews(String claim, String known) {
        return claim != null && !claim.equals(known);
    }
}
