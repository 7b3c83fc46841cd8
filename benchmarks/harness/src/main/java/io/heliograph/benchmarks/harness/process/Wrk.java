package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A saturating load: connections that ask again as soon as they are answered, in turn what they are given. */
public final class Wrk {

    private static final Path EXECUTABLE = Path.of("/usr/bin/wrk");

    private static final String FIGURES = "FIGURES ";

    /** The requests are made beforehand; then one follows the other. Its times are in microseconds. */
    private static final String SCRIPT = """
            local requests, last = {}, 0
            function init(arguments)
              for line in io.lines(arguments[1]) do
                local path, token, tag = line:match("(%S+) (%S+) ?(%S*)")
                local headers = { ["Authorization"] = "Bearer " .. token }
                if tag ~= "" then headers["If-None-Match"] = tag end
                requests[#requests + 1] = wrk.format("GET", path, headers)
              end
            end
            function request()
              last = last % #requests + 1
              return requests[last]
            end
            function done(summary, latency)
              local errors = summary.errors
              local cut = errors.connect + errors.read + errors.write + errors.timeout
              io.write(string.format("FIGURES %d %d %d %d %d %d %d\\n", summary.requests, summary.duration, errors.status,
                cut, latency.mean, latency:percentile(95), latency:percentile(99)))
            end
            """;

    private final Path script;
    private final Path calls;
    private final int connections;
    private final String cores;

    /** What is asked for, by whom, and which answer they have already: its tag, or nothing. */
    public record Call(String path, String token, String tag) {
        public Call(String path, String token) {
            this(path, token, "");
        }
    }

    /**
     * How many requests were answered, how many that is a second, how many of them with an error, how many were not
     * answered at all, and how long the answered ones took.
     */
    public record Result(long requests, double rate, long refused, long cut, Waiting waiting) {

        public double successPercent() {
            return 100.0 * (requests - refused) / Math.max(1, requests + cut);
        }
    }

    /** From the moment a request was sent: one that is not yet sent, because others are slow, does not wait. */
    public record Waiting(double meanMillis, double p95Millis, double p99Millis) {}

    /**
     * @param folder where it may leave files
     * @param cores what it is kept to, as {@code taskset} takes it
     */
    public Wrk(Path folder, int connections, String cores) {
        this.connections = connections;
        this.cores = cores;
        this.calls = folder.resolve("calls");
        try {
            this.script = Files.writeString(folder.resolve("requests.lua"), SCRIPT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isInstalled() {
        return Files.isExecutable(EXECUTABLE);
    }

    /** Fails if anything but a success was answered. */
    public Result run(InetSocketAddress server, List<Call> asked, Duration time) {
        Result result = attempt(server, asked, time);
        if (result.refused() + result.cut() > 0) {
            throw new IllegalStateException(asked.get(0).path() + ": " + result);
        }
        return result;
    }

    /** Goes on whatever is answered. */
    public Result attempt(InetSocketAddress server, List<Call> asked, Duration time) {
        write(asked);
        String output = Machine.run(List.of(
                "taskset",
                "-c",
                cores,
                EXECUTABLE.toString(),
                "-t1",
                "-c" + connections,
                "-d" + time.toSeconds() + "s",
                // What takes longer has hung; what is only cold has not.
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + server.getPort(),
                calls.toString()));
        return result(output);
    }

    private void write(List<Call> asked) {
        try {
            Files.write(
                    calls,
                    asked.stream()
                            .map(call -> String.join(" ", call.path(), call.token(), call.tag()))
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Result result(String output) {
        long[] figures = output.lines()
                .filter(line -> line.startsWith(FIGURES))
                .map(line -> line.substring(FIGURES.length()).split(" ", -1))
                .map(words -> List.of(words).stream().mapToLong(Long::parseLong).toArray())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("wrk said " + output));
        Waiting waiting = new Waiting(figures[4] / 1e3, figures[5] / 1e3, figures[6] / 1e3);
        return new Result(figures[0], figures[0] * 1e6 / figures[1], figures[2], figures[3], waiting);
    }
}
