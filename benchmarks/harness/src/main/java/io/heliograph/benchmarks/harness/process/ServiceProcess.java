package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Jdk;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.localstack.process.Processes;
import io.heliograph.localstack.store.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A packaged service in its own process, on its own ports. */
public final class ServiceProcess implements AutoCloseable {

    /** On a busy machine a start takes minutes. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(5);
    /** The precision of the measured start time. */
    private static final int POLL_MILLIS = 10;

    static final String ARCHIVE = "quarkus-run.jar";

    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ProcessTree process;
    private final int port;
    private final int managementPort;

    private ServiceProcess(ProcessTree process, int port, int managementPort) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
    }

    /**
     * Starts a service of this repository and waits until it is ready. Its output goes to {@code target/<service>.log}.
     *
     * @param jvm options of its JVM
     * @param cores the cores to pin it to, in the syntax of {@code taskset}; null for all
     */
    public static ServiceProcess start(String service, List<String> jvm, String cores, Map<String, String> settings) {
        return start(service, Jdk.first(), jvm, cores, settings);
    }

    /** The same on the given JDK. */
    public static ServiceProcess start(
            String service, Jdk jdk, List<String> jvm, String cores, Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        if (cores != null) {
            command.addAll(List.of("taskset", "-c", cores));
        }
        command.add(jdk.command());
        command.addAll(jvm);
        command.addAll(AotCache.options(service, jdk));
        // For profiling, such as -XX:StartFlightRecording; such a run is not valid as a result.
        String inspection = System.getenv("SERVICE_JVM");
        if (inspection != null) {
            command.addAll(List.of(inspection.split(" +", -1)));
        }
        // In the folder of the archive, as in the image: the AOT cache is valid for the same relative path only.
        // Settings must precede the archive; after it they would be arguments of the service.
        return start(service, folder(service), settings, command, List.of("-jar", ARCHIVE));
    }

    /** Creates the AOT cache of the service if the JDK uses one. Otherwise the first start does, which then takes longer. */
    public static void train(String service, Jdk jdk) {
        AotCache.options(service, jdk);
    }

    /** Whether the native executable has been built. */
    public static boolean hasExecutable(String service) {
        return executable(service).isPresent();
    }

    /** Starts the native executable, which must {@link #hasExecutable exist}. */
    public static ServiceProcess startExecutable(String service, Map<String, String> settings) {
        return start(
                service,
                Path.of(target(service)),
                settings,
                List.of(executable(service).orElseThrow().toAbsolutePath().toString()),
                List.of());
    }

    private static ServiceProcess start(
            String service, Path folder, Map<String, String> settings, List<String> before, List<String> after) {
        int port = FreePorts.next();
        int managementPort = FreePorts.next();
        List<String> command = new ArrayList<>(before);
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.port=" + managementPort);
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(after);
        Path log = Path.of("target", service + ".log");
        ProcessTree process = ProcessTree.start(new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toAbsolutePath().toFile()));
        ServiceProcess started = new ServiceProcess(process, port, managementPort);
        started.awaitReady(log);
        return started;
    }

    private static Optional<Path> executable(String service) {
        try (Stream<Path> files = Files.list(Path.of(target(service)))) {
            return files.filter(file -> file.toString().endsWith("-runner")).findAny();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The packaged form for a JVM. */
    static Path folder(String service) {
        return Path.of(target(service), "quarkus-app");
    }

    private static String target(String service) {
        return "../../" + service + "/target";
    }

    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    public Usage usage() {
        return process.usage();
    }

    /** Sends a request to the public port. Fails unless the response is a success. */
    public HttpResponse<String> ask(String method, String path, String token, String json) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER_PATIENCE)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new IllegalStateException(path + " was answered " + answer.statusCode() + ": " + answer.body());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void awaitReady(Path log) {
        long deadline = System.nanoTime() + START_PATIENCE.toNanos();
        while (!isReady()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                close();
                throw new IllegalStateException("the service did not start: see " + log);
            }
            Processes.pause(POLL_MILLIS);
        }
    }

    private boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready"))
                .timeout(ANSWER_PATIENCE)
                .build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notListening) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
