package io.heliograph.client;

import java.util.Map;

/**
 * A room to be created, of which the caller becomes the owner.
 *
 * @param topic may be null
 * @param metadata data of the program, at most 4,096 bytes of JSON and 5 levels deep; null for none
 */
public record NewRoom(String name, Visibility visibility, String topic, Map<String, ?> metadata) {

    /** A room that users can join only by invitation. */
    public static NewRoom ofPrivate(String name) {
        return new NewRoom(name, Visibility.PRIVATE, null, null);
    }

    /** A room that all users can find and join. */
    public static NewRoom ofPublic(String name) {
        return new NewRoom(name, Visibility.PUBLIC, null, null);
    }

    public NewRoom withTopic(String newTopic) {
        return new NewRoom(name, visibility, newTopic, metadata);
    }

    public NewRoom withMetadata(Map<String, ?> newMetadata) {
        return new NewRoom(name, visibility, topic, newMetadata);
    }
}
