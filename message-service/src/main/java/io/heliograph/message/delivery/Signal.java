package io.heliograph.message.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.UUID;

/**
 * A notification about a room from one replica to the others, which may be lost. The kind is of lower-case letters; the body is
 * text in UTF-8 without a line feed.
 */
public record Signal(String kind, byte[] body) {

    static final String UNSUBSCRIBE = "unsubscribe";

    /**
     * In place of a user: an ephemeral event that goes to all users, or an unsubscription that ends all subscriptions.
     */
    private static final String NO_USER = "-";

    /** Ends the subscriptions of this user to a room, or for null those of all users. */
    static Signal unsubscription(UUID user) {
        return new Signal(UNSUBSCRIBE, text(user).getBytes(UTF_8));
    }

    static String text(UUID user) {
        return user == null ? NO_USER : user.toString();
    }

    static UUID user(String text) {
        return text.equals(NO_USER) ? null : UUID.fromString(text);
    }
}
