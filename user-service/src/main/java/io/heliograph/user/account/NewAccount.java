package io.heliograph.user.account;

import java.util.List;

/**
 * An account about to be made. {@code passwordHash} is in PHC form; null for one that cannot sign in by password. Without
 * a {@code displayName} it is shown by its username; {@code externalId} is null for most.
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

    /** Of a person whom another system knows by this; null for none. */
    public NewAccount withExternalId(ExternalId id) {
        return new NewAccount(username, email, displayName, passwordHash, roles, id);
    }

    /** With the role that everyone has. */
    public static NewAccount ofUser(String username, String email, String displayName, String passwordHash) {
        return new NewAccount(username, email, displayName, passwordHash, List.of(Role.USER));
    }
}
