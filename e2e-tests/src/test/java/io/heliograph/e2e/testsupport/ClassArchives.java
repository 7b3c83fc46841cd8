package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.stack.ClassArchive;
import io.heliograph.localstack.stack.Console;
import io.heliograph.localstack.stack.Ports;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.stack.Stack;
import io.heliograph.localstack.stack.StackSettings;
import io.heliograph.testsupport.Socket;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * The {@link ClassArchive archives} from which the services of all JVMs of a test run start, some hundred times. The
 * first JVM makes them, of a Heliograph that does what most tests do; the others wait for it.
 */
final class ClassArchives {

    private static final long PATIENCE_MINUTES = 5;

    /** What a service does longer than recording what it has loaded needs. */
    private static final Map<String, String> SETTINGS = Map.of(
            "QUARKUS_SHUTDOWN_DELAY", "0S",
            "HELIOGRAPH_DATABASE_TIMEOUT", "15S",
            "HELIOGRAPH_TOKENS_FETCH_TIMEOUT", "15S");

    private ClassArchives() {}

    /** Does nothing where there are current ones, and for single chosen tests, whose few starts would not earn it back. */
    static void make(Path home, Path target) {
        if (System.getProperty("it.test") != null || areCurrent(home)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(
                        target.resolve("class-archives.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            if (lock.isValid() && !areCurrent(home)) {
                record(home, target);
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static ClassArchive of(Path home, Service service) {
        return ClassArchive.of(home.resolve(service.module()));
    }

    private static boolean areCurrent(Path home) {
        return Arrays.stream(Service.values())
                .allMatch(service -> of(home, service).isCurrent());
    }

    private static void record(Path home, Path target) throws IOException, InterruptedException {
        Map<Service, Map<String, String>> environment = new EnumMap<>(Service.class);
        for (Service service : Service.values()) {
            Map<String, String> all = new HashMap<>(SETTINGS);
            ClassArchive archive = of(home, service);
            if (!archive.isCurrent()) {
                all.put("JAVA_TOOL_OPTIONS", quoted(archive.recordingOptions()));
            }
            environment.put(service, all);
        }
        StackSettings settings =
                new StackSettings(home, target.resolve("class-archives"), true, Map.of(), Ports.free(), environment);
        try (PrintStream log =
                        new PrintStream(target.resolve("class-archives.log").toFile(), StandardCharsets.UTF_8);
                Stack stack = new Stack(settings, new Console(log, false)).start()) {
            use(new Api(stack.replicas(Service.GATEWAY).get(0).http(""), null));
            end(stack);
        }
        for (Service service : Service.values()) {
            of(home, service).replace();
        }
    }

    /** Loads what a test needs besides a start. */
    private static void use(Api gateway) {
        JsonNode tokens = gateway.post("/api/auth/login", Map.of("login", "ada", "password", Stack.DEMO_PASSWORD))
                .expect(200)
                .body();
        Api ada = gateway.withToken(tokens.get("accessToken").textValue());
        UUID room = ada.room("private");
        try (Socket socket = ada.socket()) {
            socket.join(room);
            socket.send(room, "1", "over the socket");
        }
        ada.send(room, "2", "over HTTP").expect(201);
        ada.history(room);
        ada.get("/api/users/me").expect(200);
        ada.get("/api/messages/sync").expect(200);
    }

    /** Waits for the archives, which a JVM writes at its end. */
    private static void end(Stack stack) throws InterruptedException {
        List<ServiceProcess> replicas = Arrays.stream(Service.values())
                .flatMap(service -> stack.replicas(service).stream())
                .toList();
        replicas.forEach(ServiceProcess::terminate);
        for (ServiceProcess replica : replicas) {
            try {
                replica.handle().onExit().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            } catch (ExecutionException | TimeoutException e) {
                throw new IllegalStateException(replica.name() + " does not end", e);
            }
        }
    }

    private static String quoted(List<String> options) {
        return options.stream().map(option -> '"' + option + '"').collect(Collectors.joining(" "));
    }
}
