package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Sql;
import io.heliograph.localstack.store.PostgresServer;

/**
 * What an application would get that stores each message by itself: one transaction per message, which takes the next
 * number under the room's row lock, inserts and commits. In tables of its own on the same PostgreSQL; they carry the
 * least that such a log needs.
 */
public final class SingleInserts {

    private static final String SCHEMA = """
            create table yardstick_rooms (id int primary key, last_seq bigint not null default 0) with (fillfactor = 50);
            create table yardstick_messages (
              room_id int not null, seq bigint not null, sender_id int not null, client_id text not null,
              content text not null, created_at timestamptz not null default now(),
              primary key (room_id, seq), unique (room_id, sender_id, client_id)
            );
            insert into yardstick_rooms select generate_series(1, 50);
            """;

    /** In one statement, which saves its client three round trips. */
    private static final String SCRIPT = """
            \\set room random(1, 50)
            \\set sender random(1, 200)
            with head as (update yardstick_rooms set last_seq = last_seq + 1 where id = :room returning last_seq)
            insert into yardstick_messages (room_id, seq, sender_id, client_id, content)
            select :room, last_seq, :sender, gen_random_uuid()::text, repeat('x', 100) from head returning seq;
            """;

    private SingleInserts() {}

    public static PgBench on(PostgresServer postgres) {
        Sql.execute(postgres, SCHEMA);
        return PgBench.on(postgres, SCRIPT);
    }
}
