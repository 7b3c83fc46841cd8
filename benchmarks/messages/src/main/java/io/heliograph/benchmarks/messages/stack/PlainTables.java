package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Sql;
import io.heliograph.localstack.store.PostgresServer;

/**
 * What an application would get that asks PostgreSQL itself, in tables of its own on the same server; they carry the
 * least that such a log needs.
 */
public final class PlainTables {

    /** How many messages a transaction stores where it stores many. */
    public static final int BATCH = 100;

    private static final String SCHEMA = """
            create table plain_rooms (id int primary key, last_seq bigint not null default 0) with (fillfactor = 50);
            create table plain_messages (
              room_id int not null, seq bigint not null, sender_id int not null, client_id text not null,
              content text not null, created_at timestamptz not null default now(),
              primary key (room_id, seq), unique (room_id, sender_id, client_id)
            );
            insert into plain_rooms select generate_series(1, 50);
            create table unordered_messages (
              id bigserial primary key, room_id int not null, user_id int not null, content text not null,
              created_at timestamptz not null default now()
            );
            """;

    private static final String SENDER = """
            \\set room random(1, 50)
            \\set sender random(1, 200)
            """;

    /** Takes the next numbers under the room's row lock, in one statement, which saves its client three round trips. */
    private static final String NUMBERED = SENDER + """
            with head as (update plain_rooms set last_seq = last_seq + %1$d where id = :room returning last_seq)
            insert into plain_messages (room_id, seq, sender_id, client_id, content)
            select :room, last_seq - n, :sender, gen_random_uuid()::text, repeat('x', 100)
            from head, generate_series(0, %1$d - 1) n;
            """;

    private static final String UNORDERED = """
            insert into unordered_messages (room_id, user_id, content) values (:room, :sender, repeat('x', 100));
            """;

    private final PostgresServer postgres;

    private PlainTables(PostgresServer postgres) {
        this.postgres = postgres;
    }

    public static PlainTables on(PostgresServer postgres) {
        Sql.execute(postgres, SCHEMA);
        return new PlainTables(postgres);
    }

    /** A message in a transaction. */
    public PgBench one() {
        return PgBench.on(postgres, NUMBERED.formatted(1));
    }

    /** {@link #BATCH} messages of one room in a transaction. */
    public PgBench batch() {
        return PgBench.on(postgres, NUMBERED.formatted(BATCH));
    }

    /** A message in a transaction, whatever its place among the others. */
    public PgBench unordered() {
        return PgBench.on(postgres, SENDER + UNORDERED);
    }

    /** {@link #BATCH} such inserts in a transaction, sent without waiting for one another, as drivers' batches are. */
    public PgBench unorderedBatch() {
        return PgBench.on(
                postgres, SENDER + "\\startpipeline\nbegin;\n" + UNORDERED.repeat(BATCH) + "commit;\n\\endpipeline\n");
    }

    public BulkCopy copy() {
        return new BulkCopy(postgres);
    }
}
