package io.heliograph.message.presence;

import io.heliograph.message.message.Sender;
import java.util.UUID;

/** One socket's being in a room; {@code online} people were there when it came, itself among them. */
public final class PresenceHandle {

    private final Presence presence;
    private final UUID room;
    private final Sender user;
    private final int online;

    PresenceHandle(Presence presence, UUID room, Sender user, int online) {
        this.presence = presence;
        this.room = room;
        this.user = user;
        this.online = online;
    }

    public Sender user() {
        return user;
    }

    public int online() {
        return online;
    }

    /** To be called once. */
    public void end() {
        presence.leave(room, user.id());
    }
}
