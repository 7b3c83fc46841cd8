package io.heliograph.user.account;

import java.util.List;

/**
 * An account to create. {@code passwordHash} is in PHC form; null for an account that cannot sign in by password.
 * Without a {@code displayName} its username is shown; {@code externalId} may be null.
 */
public record NewAccount(
        String username,
        String email,
        String displayName,
        String passwordHash,
        List<String> roles,
        ExternalId externalId) {

    public NewAccount {
        displayName = DisplayNames.fold(displayName == null ? username : displayName);
    }

    public NewAccount(String username, String email, String displayName, String passwordHash, List<String> roles) {
        this(username, email, displayName, passwordHash, roles, null);
    }

    /** With the id of the user in another system; null for none. */
    public NewAccount withExternalId(ExternalId id) {
        return new NewAccount(username, email, displayName, passwordHash, roles, id);
    }

    /** With the role that everyone has. */
    public static NewAccount ofUser(String username, String email, String displayName, String passwordHash) {
        return new NewAccount(username, email, displayName, passwordHash, List.of(Role.USER));
    }
}
