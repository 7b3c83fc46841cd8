package io.heliograph.message.presence;

import io.heliograph.message.message.Sender;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The presence of a user in a room on one replica, since the first socket there. Equal entries have equal texts. */
record PresenceEntry(String replica, Sender user, Instant since) {

    /** One line of JSON, as it is stored in Redis and sent between replicas. */
    String text() {
        JsonArray fields = new JsonArray()
                .add(replica)
                .add(user.id().toString())
                .add(since.toEpochMilli())
                .add(user.username())
                .add(user.displayName());
        return (user.bot() ? fields.add(true) : fields).encode();
    }

    /** Empty if this version does not know the form of the text. */
    static Optional<PresenceEntry> parse(String text) {
        try {
            JsonArray fields = new JsonArray(text);
            boolean bot = fields.size() > 5 && fields.getBoolean(5);
            Sender user = new Sender(
                    UUID.fromString(fields.getString(1)), fields.getString(3), fields.getString(4), false, bot);
            return Optional.of(new PresenceEntry(fields.getString(0), user, Instant.ofEpochMilli(fields.getLong(2))));
        } catch (DecodeException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException
                | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }
}
