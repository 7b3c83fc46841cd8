package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.process.PgBench;
import io.heliograph.benchmarks.harness.process.Sql;
import io.heliograph.localstack.store.PostgresServer;

/**
 * The tables of an application that writes to PostgreSQL directly, on the same server and with the minimum that such a
 * log needs.
 */
public final class PlainTables {

    /** The number of messages of a transaction that stores a batch. */
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

    /** Assigns the next numbers under the row lock of the room, in one statement, which saves three round trips. */
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

    /** One message per transaction. */
    public PgBench one() {
        return PgBench.on(postgres, NUMBERED.formatted(1));
    }

    /** {@link #BATCH} messages of one room per transaction. */
    public PgBench batch() {
        return PgBench.on(postgres, NUMBERED.formatted(BATCH));
    }

    /** One message per transaction, without ordering. */
    public PgBench unordered() {
        return PgBench.on(postgres, SENDER + UNORDERED);
    }

    /** {@link #BATCH} such inserts per transaction, pipelined like the batches of database drivers. */
    public PgBench unorderedBatch() {
        return PgBench.on(
                postgres, SENDER + "\\startpipeline\nbegin;\n" + UNORDERED.repeat(BATCH) + "commit;\n\\endpipeline\n");
    }

    public BulkCopy copy() {
        return new BulkCopy(postgres);
    }
}
