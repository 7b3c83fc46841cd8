package io.heliograph.message.profile;

import io.heliograph.auth.Caller;
import io.heliograph.message.message.Sender;
import java.util.UUID;

/**
 * The profile of an account in user-service. Of two the one with the higher {@code version} is newer; 0 is that of an
 * issuer without versions.
 */
record Profile(UUID id, long version, String username, String displayName, boolean deleted, boolean bot) {

    Profile {
        if (deleted) {
            username = "deleted";
            displayName = "Deleted user";
        }
    }

    static Profile of(Caller caller) {
        return new Profile(
                caller.id(), caller.profileVersion(), caller.username(), caller.displayName(), false, caller.bot());
    }

    Sender sender() {
        return new Sender(id, username, displayName, deleted, bot);
    }
}
