package io.heliograph.benchmarks.messages.stack;

import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;

/** The upper limit for the same table: numbered rows of one writer, streamed by {@code COPY} and committed together. */
public final class BulkCopy {

    /** Large enough that the cost of the commit is negligible. */
    public static final int ROWS = 10_000;

    /** Rooms to which pgbench does not write. */
    private static final int FIRST_ROOM = 1_000;

    private static final String COPY = "copy plain_messages (room_id, seq, sender_id, client_id, content) from stdin";
    private static final String CONTENT = "x".repeat(100);

    private final String url;
    /** The last number of each connection. The next run continues from it. */
    private final long[] lastNumbers;

    BulkCopy(PostgresServer postgres) {
        url = "jdbc:postgresql://localhost:" + postgres.port() + "/" + PostgresServer.DATABASE;
        // One per core, since the rows are generated on the same machine.
        lastNumbers = new long[Runtime.getRuntime().availableProcessors()];
    }

    public int connections() {
        return lastNumbers.length;
    }

    /** Returns the number of stored messages. */
    public long run(Duration time) {
        long deadline = System.nanoTime() + time.toNanos();
        ExecutorService threads = Executors.newFixedThreadPool(connections());
        try {
            List<Callable<Long>> writers = IntStream.range(0, connections())
                    .mapToObj(writer -> (Callable<Long>) () -> write(writer, deadline))
                    .toList();
            long written = 0;
            for (Future<Long> each : threads.invokeAll(writers)) {
                written += each.get();
            }
            return written;
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            threads.shutdownNow();
        }
    }

    private long write(int writer, long deadline) throws SQLException, IOException {
        SplittableRandom random = new SplittableRandom(lastNumbers[writer] * connections() + writer);
        long written = 0;
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "")) {
            PGConnection postgres = connection.unwrap(PGConnection.class);
            while (System.nanoTime() < deadline) {
                written += postgres.getCopyAPI().copyIn(COPY, new StringReader(rows(writer, random)));
            }
        }
        return written;
    }

    private String rows(int writer, SplittableRandom random) {
        StringBuilder rows = new StringBuilder(ROWS * 160);
        for (int i = 0; i < ROWS; i++) {
            rows.append(FIRST_ROOM + writer).append('\t').append(++lastNumbers[writer]);
            rows.append('\t').append(writer).append('\t').append(new UUID(random.nextLong(), random.nextLong()));
            rows.append('\t').append(CONTENT).append('\n');
        }
        return rows.toString();
    }
}
