package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A saturating load: each connection sends its next request as soon as it has a response, and iterates over the given
 * calls.
 */
public final class Wrk {

    private static final Path EXECUTABLE = Path.of("/usr/bin/wrk");

    private static final String FIGURES = "FIGURES ";

    /** Requests are built in advance and sent in order. Times are in microseconds. */
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

    /** A request: its path, token and the entity tag that the client already has, or an empty string. */
    public record Call(String path, String token, String tag) {
        public Call(String path, String token) {
            this(path, token, "");
        }
    }

    /**
     * The number of responses, their rate per second, the number of error responses, the number of requests without a
     * response, and the latency of the responses.
     */
    public record Result(long requests, double rate, long errors, long unanswered, Latency latency) {

        public double successPercent() {
            return 100.0 * (requests - errors) / Math.max(1, requests + unanswered);
        }
    }

    /** Measured from the moment a request was sent. The time a request waits for its connection is not included. */
    public record Latency(double meanMillis, double p95Millis, double p99Millis) {}

    /**
     * @param folder a folder for temporary files
     * @param cores the cores to pin it to, in the syntax of {@code taskset}
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

    /** Fails on any response other than a success. */
    public Result run(InetSocketAddress server, List<Call> asked, Duration time) {
        Result result = attempt(server, asked, time);
        if (result.errors() + result.unanswered() > 0) {
            throw new IllegalStateException(asked.get(0).path() + ": " + result);
        }
        return result;
    }

    /** Accepts any response. */
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
                // A longer wait means that the server hangs, not that it is cold.
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
                .orElseThrow(() -> new IllegalStateException("unexpected output of wrk: " + output));
        Latency latency = new Latency(figures[4] / 1e3, figures[5] / 1e3, figures[6] / 1e3);
        return new Result(figures[0], figures[0] * 1e6 / figures[1], figures[2], figures[3], latency);
    }
}
