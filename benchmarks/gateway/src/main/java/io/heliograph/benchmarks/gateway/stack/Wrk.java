package io.heliograph.benchmarks.gateway.stack;

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

/** The load of a saturated proxy: connections that ask again as soon as they are answered, each time as someone else. */
public final class Wrk {

    public static final int CONNECTIONS = 64;

    private static final Path EXECUTABLE = Path.of("/usr/bin/wrk");

    /** The requests are made beforehand; then one follows the other. */
    private static final String SCRIPT = """
            local requests, last = {}, 0
            function init(arguments)
              for token in io.lines(arguments[1]) do
                requests[#requests + 1] = wrk.format("GET", nil, { ["Authorization"] = "Bearer " .. token })
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
    private final Path tokens;
    private final String core;

    /** How many requests were answered, and how many that is a second. */
    public record Result(long requests, double rate) {}

    Wrk(Path folder, String core, List<String> tokens) {
        this.core = core;
        try {
            this.script = Files.writeString(folder.resolve("requests.lua"), SCRIPT);
            this.tokens = Files.write(folder.resolve("tokens"), tokens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static boolean isInstalled() {
        return Files.isExecutable(EXECUTABLE);
    }

    /** Fails if anything but a success was answered. */
    public Result run(InetSocketAddress server, String path, Duration time) {
        String output = Machine.run(List.of(
                "taskset",
                "-c",
                core,
                EXECUTABLE.toString(),
                "-t1",
                "-c" + CONNECTIONS,
                "-d" + time.toSeconds() + "s",
                // What takes longer has hung; what is only cold has not.
                "--timeout",
                "10s",
                "-s",
                script.toString(),
                "http://127.0.0.1:" + server.getPort() + path,
                tokens.toString()));
        Matcher trouble = TROUBLE.matcher(output);
        if (trouble.find()) {
            throw new IllegalStateException(path + ": " + trouble.group());
        }
        return new Result((long) find(REQUESTS, output), find(RATE, output));
    }

    private static double find(Pattern pattern, String output) {
        Matcher matcher = pattern.matcher(output);
        if (!matcher.find()) {
            throw new IllegalStateException("wrk said " + output);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
