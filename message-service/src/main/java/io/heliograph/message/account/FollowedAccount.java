package io.heliograph.message.account;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.UUID;

/** A user with connections to this replica. Not thread-safe. */
final class FollowedAccount {

    private final UUID user;
    private final Set<AccountSocket> sockets = new LinkedHashSet<>();
    private boolean loaded;
    private boolean partial;
    private long rev;

    FollowedAccount(UUID user) {
        this.user = user;
    }

    UUID user() {
        return user;
    }

    Set<AccountSocket> sockets() {
        return sockets;
    }

    /** Whether its memberships are known; until then no events are published. */
    boolean isLoaded() {
        return loaded;
    }

    /** Whether there are rooms that are not followed. */
    boolean isPartial() {
        return partial;
    }

    void loaded(boolean partial) {
        this.loaded = true;
        this.partial = partial;
    }

    long rev() {
        return rev;
    }

    void rev(long rev) {
        this.rev = rev;
    }

    /** Sends the event to all connections of the user. */
    void publish(AccountEvent event) {
        sockets.forEach(socket -> socket.send(event));
    }

    void publishCurrent() {
        publish(current());
    }

    AccountEvent current() {
        return new AccountEvent.ForAll(AccountFrames.account(rev, partial));
    }
}
