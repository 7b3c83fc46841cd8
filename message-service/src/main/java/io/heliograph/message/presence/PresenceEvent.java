package io.heliograph.message.presence;

import java.util.Optional;
import java.util.UUID;

/** A user came to a room on a replica, or left it. */
record PresenceEvent(UUID room, PresenceEntry who, boolean came) {

    private static final char CAME = '+';
    private static final char WENT = '-';

    /** The text that is sent between replicas; the room is that of the channel. */
    String text() {
        return (came ? CAME : WENT) + who.text();
    }

    /** Empty if this version does not know the form of the text. */
    static Optional<PresenceEvent> parse(UUID room, String text) {
        boolean known = !text.isEmpty() && (text.charAt(0) == CAME || text.charAt(0) == WENT);
        return known
                ? PresenceEntry.parse(text.substring(1))
                        .map(who -> new PresenceEvent(room, who, text.charAt(0) == CAME))
                : Optional.empty();
    }
}
