package io.heliograph.localstack.stack;

import io.heliograph.localstack.process.Processes;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One replica of a service as a process of its own, on fixed ports, so that it can be ended, frozen and started again
 * as its clients would see it happen. Methods other than {@link #log} are not thread-safe.
 */
public final class ServiceProcess implements AutoCloseable {

    /** What a service may take to close its sockets and finish its requests. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    /** The readiness probe asks PostgreSQL, which may take its whole timeout of three seconds. */
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration LOG_PATIENCE = Duration.ofSeconds(1);

    private static final HttpClient PROBES =
            HttpClient.newBuilder().connectTimeout(PROBE_TIMEOUT).build();

    private final Launch launch;
    private final Console console;
    private final LogTail log = new LogTail();
    private Process process;
    private Thread reader;

    /** How a replica is started. */
    record Launch(String name, List<String> command, Map<String, String> environment, int port, int managementPort) {}

    ServiceProcess(Launch launch, Console console) {
        this.launch = launch;
        this.console = console;
    }

    /**
     * Starts the process, unless it runs; one that was asked to end runs until it has ended. A process that was just
     * started is not {@linkplain #isReady() ready} yet.
     */
    public ServiceProcess start() {
        if (process != null && process.isAlive()) {
            return this;
        }
        ProcessBuilder builder = new ProcessBuilder(Processes.detached(launch.command())).redirectErrorStream(true);
        builder.environment().putAll(launch.environment());
        try {
            log.started();
            process = builder.start();
        } catch (IOException e) {
            throw new StackFailure("Cannot start " + name() + ": " + e.getMessage(), e);
        }
        reader = new Thread(() -> read(process), name() + "-log");
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    /** Whether it takes traffic now, by its own word. */
    public boolean isReady() {
        return readiness() == 200;
    }

    /** The status its readiness probe answers with; 0 if nothing answers. */
    public int readiness() {
        HttpRequest request = HttpRequest.newBuilder(management("/q/health/ready"))
                .timeout(PROBE_TIMEOUT)
                .build();
        try {
            return PROBES.send(request, BodyHandlers.discarding()).statusCode();
        } catch (IOException notListening) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Asks it to end (SIGTERM); {@link #stop} waits for it. */
    public void terminate() {
        // By its handle: Process.destroy would also close the pipe, and its last lines would be lost.
        handle().destroy();
    }

    /** Asks it to end (SIGTERM) and waits; what has not ended in time is killed. */
    public void stop() {
        terminate();
        awaitEnd();
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        handle().destroyForcibly();
        awaitEnd();
    }

    /** Freezes it with its sockets open (SIGSTOP). */
    public void pause() {
        Processes.signal(handle(), "STOP");
    }

    public void resume() {
        Processes.signal(handle(), "CONT");
    }

    public String name() {
        return launch.name();
    }

    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** The exit code of a process that has ended; 128 and the signal's number where a signal ended it. */
    public int exitCode() {
        return process.exitValue();
    }

    /** Its public address, such as {@code http://localhost:8082/api/rooms}. */
    public URI http(String path) {
        return URI.create("http://localhost:" + launch.port() + path);
    }

    public URI management(String path) {
        return URI.create("http://localhost:" + launch.managementPort() + path);
    }

    /** The last lines it wrote, over all its starts. */
    public List<String> log() {
        return log.lines();
    }

    /** Why it ended or is not ready, in one line: the last error in its log. */
    String lastError() {
        if (!isAlive()) {
            awaitEnd();
        }
        return log.lastError().orElse("its lines above are all it said");
    }

    @Override
    public void close() {
        if (process != null) {
            stop();
        }
    }

    private void awaitEnd() {
        Processes.awaitEnd(process, STOP_PATIENCE);
        try {
            // All it wrote is in the pipe, unless a child of its own keeps that open.
            reader.join(LOG_PATIENCE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read(Process source) {
        try (BufferedReader lines = source.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.add(line);
                console.line(name(), line);
            }
        } catch (IOException ended) {
            // The process went away between two reads; all it wrote has been read.
        }
    }
}
