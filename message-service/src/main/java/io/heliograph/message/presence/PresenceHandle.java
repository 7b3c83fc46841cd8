package io.heliograph.message.presence;

import io.heliograph.message.message.Sender;

/** The presence of one socket in a room; {@code online} users were there when it came, including its own. */
public final class PresenceHandle {

    private final Sender user;
    private final int online;
    private final Runnable leave;

    PresenceHandle(Sender user, int online, Runnable leave) {
        this.user = user;
        this.online = online;
        this.leave = leave;
    }

    public Sender user() {
        return user;
    }

    public int online() {
        return online;
    }

    /** To be called once. */
    public void end() {
        leave.run();
    }
}
