package io.heliograph.message.message;

/**
 * Unread counts: the messages after the read mark that other users sent and that are not deleted, and those of them
 * that mention the member. Only the newest {@link #MAX} messages of a room are counted, which bounds the cost.
 */
public final class UnreadCount {

    public static final int MAX = 1_000;

    /** Joins {@code counted (unread, mentions)} of the membership {@code mine} in the room {@code r} by key ranges. */
    public static final String JOIN = """
            left join lateral (
              select count(*) as unread, (
                select count(*) from message_mentions n
                where n.room_id = r.id and n.user_id = mine.user_id and n.seq > greatest(mine.read_seq, r.last_seq - %1$d)
              ) as mentions
              from messages c
              where c.room_id = r.id and c.seq > greatest(mine.read_seq, r.last_seq - %1$d)
                and c.sender_id <> mine.user_id and c.deleted_at is null
            ) counted on true
            """.formatted(MAX);

    private UnreadCount() {}
}
