package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code pgbench} with a custom script: PostgreSQL without a service in front. */
public final class PgBench {

    private static final Pattern RATE = Pattern.compile("tps = ([0-9.]+) \\(without initial");
    private static final Pattern LATENCY = Pattern.compile("latency average = ([0-9.]+) ms");
    private static final Pattern TRANSACTIONS = Pattern.compile("transactions actually processed: ([0-9]+)");

    private final int port;
    private final Path script;

    /** Transactions per second, the mean latency in milliseconds and the number of transactions. */
    public record Result(double rate, double meanMillis, double transactions) {}

    private PgBench(int port, Path script) {
        this.port = port;
        this.script = script;
    }

    public static boolean isInstalled() {
        return Files.isExecutable(Path.of("/usr/bin/pgbench"));
    }

    /** @param script one transaction, in the syntax of {@code pgbench} */
    public static PgBench on(PostgresServer postgres, String script) {
        try {
            Path file = Files.createTempFile("pgbench", ".sql");
            Files.writeString(file, script);
            file.toFile().deleteOnExit();
            return new PgBench(postgres.port(), file);
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
            throw new IllegalStateException("unexpected output of pgbench: " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
