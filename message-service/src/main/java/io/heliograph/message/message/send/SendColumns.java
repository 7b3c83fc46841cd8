package io.heliograph.message.message.send;

import io.heliograph.message.message.ImportAttribution;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The sends of a group as the arrays of their columns. */
final class SendColumns {

    private SendColumns() {}

    /** Room, sender, client id, content and batch. */
    static List<Object> plain(List<MessageBatch> batches) {
        List<NewMessage> group = MessageBatch.sends(batches);
        List<Object> columns = new ArrayList<>();
        columns.add(column(group, NewMessage::room, UUID[]::new));
        columns.add(column(group, send -> send.sender().id(), UUID[]::new));
        columns.add(column(group, NewMessage::clientId, String[]::new));
        columns.add(column(group, NewMessage::content, String[]::new));
        columns.add(IntStream.range(0, batches.size())
                .flatMap(n -> IntStream.generate(() -> n).limit(batches.get(n).size()))
                .boxed()
                .toArray(Integer[]::new));
        return columns;
    }

    /** The columns of {@link #plain}, and time and attribution of an import, metadata, reply and mentions. */
    static List<Object> all(List<MessageBatch> batches) {
        List<NewMessage> group = MessageBatch.sends(batches);
        List<Object> columns = plain(batches);
        columns.add(column(group, send -> time(send.createdAt()), OffsetDateTime[]::new));
        columns.add(column(group, send -> attribution(send.attribution()), String[]::new));
        columns.add(column(group, send -> text(send.attributes().metadata()), String[]::new));
        columns.add(column(group, send -> send.attributes().replyTo(), Long[]::new));
        columns.add(column(group, send -> array(send.attributes().mentions()), String[]::new));
        return columns;
    }

    private static <T> T[] column(List<NewMessage> group, Function<NewMessage, T> value, IntFunction<T[]> array) {
        return group.stream().map(value).toArray(array);
    }

    private static OffsetDateTime time(Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    private static String attribution(ImportAttribution attribution) {
        if (attribution == null) {
            return null;
        }
        JsonObject json = JsonObject.of("by", attribution.by().toString());
        return (attribution.author() == null ? json : json.put("author", attribution.author())).encode();
    }

    private static String text(Metadata metadata) {
        return metadata == null ? null : metadata.json();
    }

    /** The text form of an array, since PostgreSQL has no array of arrays of different lengths. Null if it is empty. */
    private static String array(List<UUID> ids) {
        return ids.isEmpty() ? null : ids.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
    }
}
