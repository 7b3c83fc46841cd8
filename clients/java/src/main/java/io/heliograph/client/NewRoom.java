package io.heliograph.client;

/**
 * A room to be created, of which the caller becomes the owner.
 *
 * @param topic may be null
 */
public record NewRoom(String name, Visibility visibility, String topic) {

    /** A room for those who are invited. */
    public static NewRoom ofPrivate(String name) {
        return new NewRoom(name, Visibility.PRIVATE, null);
    }

    /** A room that everybody may find and join. */
    public static NewRoom ofPublic(String name) {
        return new NewRoom(name, Visibility.PUBLIC, null);
    }

    public NewRoom withTopic(String newTopic) {
        return new NewRoom(name, visibility, newTopic);
    }
}
