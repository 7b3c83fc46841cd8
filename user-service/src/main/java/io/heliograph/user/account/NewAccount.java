package io.heliograph.user.account;

import java.util.List;

/** An account about to be made. {@code passwordHash} is in PHC form; null for one that cannot sign in by password. */
public record NewAccount(String username, String email, String displayName, String passwordHash, List<String> roles) {

    public NewAccount {
        displayName = DisplayNames.fold(displayName);
    }
}
