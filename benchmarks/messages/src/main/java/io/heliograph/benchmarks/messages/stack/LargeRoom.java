package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.process.Sql;
import java.util.List;
import java.util.UUID;

/** A room with messages generated in the database: all of one user, of one length, and not in the search index. */
public record LargeRoom(UUID id, int messages) {

    public static final int CONTENT_BYTES = 100;

    /** Marks the room as indexed. */
    private static final String MESSAGES = """
            set search_path = message_service;
            set synchronous_commit = off;
            insert into messages (room_id, seq, rev, created_rev, sender_id, client_id, content, created_at)
              select '%1$s', i, i, i, '%2$s', 'made-' || i, rpad(i::text || ' ', %4$d, md5(i::text)), now()
              from generate_series(1, %3$d) i;
            insert into search_progress (room_id, rev, backfill) values ('%1$s', %3$d, 1)
              on conflict (room_id) do update set rev = excluded.rev, backfill = excluded.backfill;
            update rooms set last_seq = %3$d, last_rev = %3$d where id = '%1$s';
            """;

    public static LargeRoom make(MessageStack stack, Person owner, int messages) {
        UUID id = stack.room(List.of(owner));
        Sql.execute(stack.postgres(), MESSAGES.formatted(id, owner.id(), messages, CONTENT_BYTES));
        return new LargeRoom(id, messages);
    }
}
