package io.heliograph.benchmarks.messages.stack;

import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an application would get that stores each message by itself: one transaction per message, which takes the next
 * number under the room's row lock, inserts and commits. In tables of its own on the same PostgreSQL; they carry the
 * least that such a log needs.
 */
public final class PgBench {

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

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");

    private final int port;
    private final Path script;

    private static final Pattern TRANSACTIONS = Pattern.compile("transactions actually processed: ([0-9]+)");

    /** Transactions per second, the mean time of one in milliseconds, and how many there were. */
    public record Result(double rate, double meanMillis, double transactions) {}

    private PgBench(int port, Path script) {
        this.port = port;
        this.script = script;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/pgbench"));
    }

    public static PgBench on(PostgresServer postgres) {
        String url = "jdbc:postgresql://localhost:" + postgres.port() + "/" + PostgresServer.DATABASE;
        try (Connection connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
            Path script = Files.createTempFile("yardstick", ".sql");
            Files.writeString(script, SCRIPT);
            script.toFile().deleteOnExit();
            return new PgBench(postgres.port(), script);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public Result run(int clients, long seconds) {
        String output = Machine.run(List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                "" + clients,
                "-j",
                "" + Math.min(clients, 2),
                "-T",
                "" + seconds,
                "-f",
                script.toString(),
                "-h",
                "localhost",
                "-p",
                "" + port,
                "-U",
                PostgresServer.USER,
                PostgresServer.DATABASE));
        return new Result(find(RATE, output), find(LATENCY, output), find(TRANSACTIONS, output));
    }

    private static double find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("pgbench said " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
