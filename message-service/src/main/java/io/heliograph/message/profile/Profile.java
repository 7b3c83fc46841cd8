package io.heliograph.message.profile;

import io.heliograph.auth.Caller;
import io.heliograph.message.message.Sender;
import java.util.UUID;

/**
 * What user-service says of an account. Of two the one with the higher {@code version} is the newer; 0 is what an issuer
 * without versions says.
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
