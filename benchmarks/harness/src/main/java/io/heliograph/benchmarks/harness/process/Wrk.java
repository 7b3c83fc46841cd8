package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A saturating load: connections that ask again as soon as they are answered, in turn what they are given. */
public final class Wrk {

    private static final Path EXECUTABLE = Path.of("/usr/bin/wrk");

    /** The requests are made beforehand; then one follows the other. */
    private static final String SCRIPT = """
            local requests, last = {}, 0
            function init(arguments)
              for line in io.lines(arguments[1]) do
                local path, token = line:match("(%S+) (%S+)")
                requests[#requests + 1] = wrk.format("GET", path, { ["Authorization"] = "Bearer " .. token })
              end
            end
            function request()
              last = last % #requests + 1
              return requests[last]
            end
            """;

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern RATE = Pattern.compile("Requests/sec: +([0-9.]+)");
    private static final Pattern TROUBLE = Pattern.compile("(Non-2xx|Socket errors).*");

    private final Path script;
    private final Path calls;
    private final int connections;
    private final String cores;

    /** What is asked for, and by whom. */
    public record Call(String path, String token) {}

    /** How many requests were answered, and how many that is a second. */
    public record Result(long requests, double rate) {}

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
        Matcher trouble = TROUBLE.matcher(output);
        if (trouble.find()) {
            throw new IllegalStateException(asked.get(0).path() + ": " + trouble.group());
        }
        return new Result((long) find(REQUESTS, output), find(RATE, output));
    }

    private void write(List<Call> asked) {
        try {
            Files.write(
                    calls,
                    asked.stream().map(call -> call.path() + ' ' + call.token()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static double find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk said " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
