package io.heliograph.user.oauth;

import io.heliograph.auth.ExternalClaims;
import io.heliograph.user.account.DisplayNames;
import io.heliograph.user.external.ProfileClaims;
import jakarta.validation.Validator;
import java.util.List;

/** A token request of a service account. */
sealed interface TokenRequest {

    String CLIENT_CREDENTIALS = "client_credentials";
    String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    /** The type of a {@code subject_token} that is the id of a user in the product. */
    String USER_ID = "urn:heliograph:token-type:user-id";

    String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";

    /** The requested roles; null for all. */
    List<String> scope();

    /** A token of its own (RFC 6749, 4.4). */
    record OwnToken(List<String> scope) implements TokenRequest {}

    /** A token for a user of its product (RFC 8693). */
    record Exchange(List<String> scope, String subject, ProfileClaims profile) implements TokenRequest {}

    /** Fails with {@code invalid_request} or {@code unsupported_grant_type}. */
    static TokenRequest of(FormParameters form, Validator rules) {
        String grant = form.get("grant_type");
        List<String> scope =
                form.has("scope") ? List.of(form.get("scope").trim().split(" +", -1)) : null;
        if (grant == null) {
            throw OAuthException.invalidRequest("grant_type is needed.");
        }
        return switch (grant) {
            case CLIENT_CREDENTIALS -> new OwnToken(scope);
            case TOKEN_EXCHANGE -> exchange(form, scope, rules);
            default ->
                throw OAuthException.unsupportedGrantType(
                        "grant_type must be " + CLIENT_CREDENTIALS + " or " + TOKEN_EXCHANGE + ".");
        };
    }

    private static Exchange exchange(FormParameters form, List<String> scope, Validator rules) {
        require(USER_ID.equals(form.get("subject_token_type")), "subject_token_type must be " + USER_ID + ".");
        require(
                !form.has("requested_token_type") || ACCESS_TOKEN.equals(form.get("requested_token_type")),
                "requested_token_type can only be " + ACCESS_TOKEN + ".");
        require(!form.has("actor_token"), "actor_token is not supported: the client is the actor.");
        String subject = form.get("subject_token");
        require(
                subject != null && ExternalClaims.isSubject(subject),
                "subject_token must have 1 to 255 characters, none of them a control character.");
        ProfileClaims profile =
                new ProfileClaims(form.get("username"), form.get("email"), DisplayNames.fold(form.get("display_name")));
        rules.validate(profile).stream().findFirst().ifPresent(wrong -> {
            throw OAuthException.invalidRequest(
                    parameter(wrong.getPropertyPath().toString()) + " " + wrong.getMessage() + ".");
        });
        return new Exchange(scope, subject, profile);
    }

    private static String parameter(String field) {
        return "displayName".equals(field) ? "display_name" : field;
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw OAuthException.invalidRequest(otherwise);
        }
    }
}
