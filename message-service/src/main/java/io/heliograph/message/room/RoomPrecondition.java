package io.heliograph.message.room;

import io.heliograph.rest.caching.EntityTags;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code If-Match} header of a change of a room. Only the version in {@link Room#tag} is compared: messages that
 * were sent meanwhile change neither name, topic nor visibility.
 */
final class RoomPrecondition {

    private static final Pattern OURS = Pattern.compile("([0-9a-f-]{36})-(\\d{1,18})-\\d{1,18}");

    private RoomPrecondition() {}

    /** The versions of this room that are allowed, or null for any. */
    static Long[] versions(UUID room, String header) {
        return EntityTags.ifMatch(header)
                .strongValues()
                .map(tags -> tags.stream()
                        .map(OURS::matcher)
                        .filter(Matcher::matches)
                        .filter(tag -> tag.group(1).equals(room.toString()))
                        .map(tag -> Long.valueOf(tag.group(2)))
                        .sorted()
                        .toArray(Long[]::new))
                .orElse(null);
    }
}
