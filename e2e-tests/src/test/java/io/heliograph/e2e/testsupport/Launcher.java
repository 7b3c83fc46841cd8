package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.store.FreePorts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** {@code ./run} as a person starts it, from another folder, with what it prints. */
public final class Launcher implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(7);
    private static final String READY = "Heliograph is ready after";
    private static final Pattern API = Pattern.compile(" API +(http://\\S+)/api");

    private final Process process;
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    private Launcher(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "launcher-output");
        this.reader.start();
    }

    /** Options that put every part on a port of its own, so that other stacks may run. */
    public static List<String> freePorts() {
        List<String> options = new ArrayList<>();
        Stream.of("gateway", "user", "message")
                .flatMap(service -> Stream.of(service, service + "-management"))
                .forEach(part -> options.addAll(List.of("--port", part + "=" + FreePorts.next())));
        Stream.of("echo", "postgres", "redis")
                .forEach(part -> options.addAll(List.of("--port", part + "=" + FreePorts.next())));
        return options;
    }

    public static Launcher start(Path workingFolder, List<String> options) {
        return start(workingFolder, options, Map.of());
    }

    public static Launcher start(Path workingFolder, List<String> options, Map<String, String> environment) {
        List<String> command =
                new ArrayList<>(List.of(Heliograph.home().resolve("run").toString()));
        command.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(workingFolder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        try {
            return new Launcher(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void awaitReady() {
        Awaitility.await().atMost(PATIENCE).until(() -> output().contains(READY) || !process.isAlive());
        if (!output().contains(READY)) {
            throw new AssertionError("it never was ready:\n" + output());
        }
    }

    /** What it and the processes it started have used of the processors so far. */
    public Duration processorTime() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .map(part -> part.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }

    public Api api() {
        Matcher address = API.matcher(output());
        if (!address.find()) {
            throw new AssertionError("it does not print the address of its API:\n" + output());
        }
        return new Api(URI.create(address.group(1)), null);
    }

    /** The processes it started, and theirs. */
    public List<ProcessHandle> children() {
        return process.descendants().toList();
    }

    /** Asks it to stop as {@code kill} does, and gives its exit code. */
    public int stop() {
        process.destroy();
        return awaitExit();
    }

    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    public int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end:\n" + output());
            }
            reader.join(TimeUnit.SECONDS.toMillis(2));
            return process.exitValue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public String output() {
        return String.join("\n", output);
    }

    @Override
    public void close() {
        stop();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader()) {
            lines.lines().forEach(output::add);
        } catch (IOException | UncheckedIOException ended) {
            // A killed launcher leaves nothing more to read.
        }
    }
}
