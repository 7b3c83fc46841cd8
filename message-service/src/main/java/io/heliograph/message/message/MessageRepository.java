package io.heliograph.message.message;

import io.heliograph.database.ReadPool;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.rest.metadata.Metadata;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Reads the messages of rooms. Both directions of the history and the changes are ranges of one index each. */
@Singleton
public final class MessageRepository extends Repository implements RoomLog {

    /** The columns that {@link #from} reads, of messages {@code m} and users {@code p}. */
    public static final String COLUMNS = """
            m.room_id as message_room, m.seq as message_seq, m.rev as message_rev, m.created_rev as message_created_rev,
            m.sender_id, p.username as sender_name, p.display_name as sender_display_name, p.deleted as sender_deleted,
            p.bot as sender_bot,
            m.client_id, m.content, m.reactions,
            m.created_at as sent_at, m.edited_at, m.deleted_at, m.imported, m.deletion, m.metadata, m.reply_to,
            m.mentions as mentioned
            """;

    /**
     * The emoji with which user $n has reacted to a message; {@link #from} reads the column if it is selected.
     */
    public static String mine(String person) {
        return """
                , case when m.reactions <> '{}' then
                    (select array_agg(own.emoji) from reactions own
                     where own.room_id = m.room_id and own.user_id = %s and own.seq = m.seq)
                  end as mine
                """.formatted(person);
    }

    private static final String BEFORE = "select " + COLUMNS + mine("$4") + """
            from messages m join people p on p.id = m.sender_id
            where m.room_id = $1 and m.seq < $2
            order by m.seq desc limit $3
            """;

    private static final String AFTER = "select " + COLUMNS + mine("$4") + """
            from messages m join people p on p.id = m.sender_id
            where m.room_id = $1 and m.seq > $2
            order by m.seq limit $3
            """;

    /**
     * The head is read in the same snapshot as the rows, so that the page is complete up to it. At least one message is
     * returned; the length of a long content is known without reading it.
     */
    static final String CHANGED_AFTER = "select " + COLUMNS + """
            , r.last_rev
            from rooms r
            left join lateral (
              select * from (
                select *, sum(bytes) over (order by rev rows unbounded preceding) - bytes as bytes_before
                from (
                  select *, octet_length(content) + coalesce(octet_length(metadata), 0) as bytes
                  from messages where room_id = r.id and rev > $2 order by rev limit $3
                ) page
              ) sized
              where bytes_before < $4
            ) m on true
            left join people p on p.id = m.sender_id
            where r.id = $1
            order by m.rev
            """;

    private static final String HEADS = "select id, last_rev from rooms where id = any($1)";

    /** The lateral lookup with its limit keeps the plan on the key, independent of the number of users. */
    private static final String ARE_MEMBERS = """
            select m.room_id is not null as is_member
            from unnest($1::uuid[], $2::uuid[]) with ordinality as v(room_id, user_id, n)
            left join lateral (
              select room_id from members where room_id = v.room_id and user_id = v.user_id limit 1
            ) m on true
            order by v.n
            """;

    private final ReadPool reads;

    MessageRepository(Pool pool, DatabaseConfig config, ReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /** Messages with a lower seq, newest first. */
    public Future<MessagePage> before(UUID room, long seq, int limit, UUID reader) {
        return page(BEFORE, room, seq, limit, reader);
    }

    /** Messages with a higher seq, oldest first. */
    public Future<MessagePage> after(UUID room, long seq, int limit, UUID reader) {
        return page(AFTER, room, seq, limit, reader);
    }

    @Override
    public Future<ChangePage> changedAfter(UUID room, long rev, int limit, long bytes) {
        return run(CHANGED_AFTER, room, rev, limit, bytes).map(rows -> changes(rows, rev));
    }

    @Override
    public Future<Map<UUID, Long>> heads(List<UUID> rooms) {
        return run(HEADS, (Object) rooms.toArray(UUID[]::new)).map(rows -> {
            Map<UUID, Long> heads = new HashMap<>();
            rows.forEach(row -> heads.put(row.getUUID("id"), row.getLong("last_rev")));
            return heads;
        });
    }

    @Override
    public Future<List<Boolean>> areMembers(List<RoomUser> users) {
        UUID[] rooms = users.stream().map(RoomUser::room).toArray(UUID[]::new);
        UUID[] ids = users.stream().map(RoomUser::user).toArray(UUID[]::new);
        return run(ARE_MEMBERS, rooms, ids).map(rows -> list(rows, row -> row.getBoolean("is_member")));
    }

    private Future<MessagePage> page(String query, UUID room, long seq, int limit, UUID reader) {
        return reads.run(query, room, seq, limit + 1, reader).map(rows -> page(rows, limit));
    }

    private static MessagePage page(RowSet<Row> rows, int limit) {
        List<Message> items = StreamSupport.stream(rows.spliterator(), false)
                .limit(limit)
                .map(MessageRepository::from)
                .toList();
        return new MessagePage(items, rows.size() > limit ? items.get(limit - 1).seq() : null);
    }

    private static ChangePage changes(RowSet<Row> rows, long after) {
        List<Message> messages = new ArrayList<>(rows.size());
        long head = after;
        for (Row row : rows) {
            head = row.getLong("last_rev");
            if (row.getLong("message_rev") != null) {
                messages.add(from(row));
            }
        }
        // The head is the rev of the message that changed last.
        long upTo = messages.isEmpty()
                ? Math.max(head, after)
                : messages.get(messages.size() - 1).rev();
        return new ChangePage(messages, upTo, upTo < head);
    }

    public static Message from(Row row) {
        return new Message(
                row.getUUID("message_room"),
                row.getLong("message_seq"),
                row.getLong("message_rev"),
                row.getLong("message_created_rev"),
                new Sender(
                        row.getUUID("sender_id"),
                        row.getString("sender_name"),
                        row.getString("sender_display_name"),
                        row.getBoolean("sender_deleted"),
                        row.getBoolean("sender_bot")),
                row.getString("client_id"),
                row.getString("content"),
                instant(row, "sent_at"),
                instant(row, "edited_at"),
                instant(row, "deleted_at"),
                reactions(row.get(JsonObject.class, "reactions"), mine(row)),
                origin(row.get(JsonObject.class, "imported")),
                Deletion.of(row.get(JsonObject.class, "deletion")),
                attributes(row));
    }

    private static MessageAttributes attributes(Row row) {
        UUID[] mentions = row.getArrayOfUUIDs("mentioned");
        return MessageAttributes.of(
                Metadata.ofStored(row.getString("metadata")),
                row.getLong("reply_to"),
                mentions == null ? null : List.of(mentions));
    }

    private static ImportAttribution origin(JsonObject imported) {
        return imported == null
                ? null
                : new ImportAttribution(UUID.fromString(imported.getString("by")), imported.getString("author"));
    }

    private static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    private static Set<String> mine(Row row) {
        int column = row.getColumnIndex("mine");
        String[] emoji = column < 0 ? null : row.getArrayOfStrings(column);
        return emoji == null ? Set.of() : Set.of(emoji);
    }

    private static List<ReactionCount> reactions(JsonObject counts, Set<String> mine) {
        return counts.stream()
                .map(each -> new ReactionCount(
                        each.getKey(), ((Number) each.getValue()).longValue(), mine.contains(each.getKey())))
                .toList();
    }
}
