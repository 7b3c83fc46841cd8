package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.e2e.testsupport.Dockerfile;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.localstack.store.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the Dockerfiles put together runs as it is; the workflows build the images themselves. */
@ExtendWith(RunningHeliograph.class)
class ImageTest {

    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");
    private static final int FIRST_WITH_A_START_CACHE = 25;

    private final Heliograph heliograph;
    private final int port = FreePorts.next();
    private final int managementPort = FreePorts.next();

    @TempDir
    Path folder;

    ImageTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @ParameterizedTest
    @EnumSource
    void shouldStartServeAndStopTheContentsOfTheImage(Service service) throws Exception {
        Dockerfile dockerfile = Dockerfile.of("jvm", service.module());
        dockerfile.layOut(Heliograph.home(), folder);
        List<String> command = entryPoint(dockerfile);
        if (Runtime.version().feature() < FIRST_WITH_A_START_CACHE) {
            command.removeIf(option -> option.startsWith("-XX:AOT"));
        } else {
            train(service);
            // Does not start if the cache is of no use.
            command.add(1, "-XX:AOTMode=on");
        }

        assertServesUntilSigterm(run(command, environment(service)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native"})
    void shouldBePinnedAndUseNeitherRootNorAShell(String ending) {
        Dockerfile dockerfile = Dockerfile.of(ending, "user-service");

        assertTrue(dockerfile.last("USER").matches("[1-9]\\d*:[1-9]\\d*"), dockerfile.last("USER"));
        assertEquals("SIGTERM", dockerfile.last("STOPSIGNAL"));
        assertTrue(dockerfile.command("ENTRYPOINT").get(0).matches("java|\\./service"));
        dockerfile.bases().forEach(base -> assertTrue(base.matches(".+:.*\\d.*"), base + " is not pinned"));
    }

    private void train(Service service) throws Exception {
        String script = Heliograph.home().resolve("images/train.sh").toString();
        Process training = run(List.of("bash", script, service.module()), ports());
        assertEquals(0, training.waitFor(), this::output);
    }

    private void assertServesUntilSigterm(Process process) throws Exception {
        try {
            await().atMost(PATIENCE)
                    .until(() -> !process.isAlive() || status(managementPort, "/q/health/ready") == 200);
            assertTrue(process.isAlive(), this::output);
            assertTrue(List.of(200, 401, 404).contains(status(port, "/api/rooms")), this::output);

            process.toHandle().destroy();
            assertTrue(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS), this::output);
            assertEquals(143, process.exitValue(), this::output);
        } finally {
            process.destroyForcibly();
        }
    }

    /** With the JVM of this test. */
    private static List<String> entryPoint(Dockerfile dockerfile) {
        List<String> command = new ArrayList<>(dockerfile.command("ENTRYPOINT"));
        command.replaceAll(word -> word.equals("java") ? JAVA.resolve(word).toString() : word);
        return command;
    }

    private Process run(List<String> command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().merge("PATH", JAVA.toString(), (path, ours) -> ours + ":" + path);
        builder.environment().putAll(environment);
        return builder.start();
    }

    private Map<String, String> ports() {
        return Map.of("QUARKUS_HTTP_PORT", "" + port, "QUARKUS_MANAGEMENT_PORT", "" + managementPort);
    }

    private Map<String, String> environment(Service service) {
        Map<String, String> environment = new HashMap<>(ports());
        environment.put(
                "JAVA_TOOL_OPTIONS", Dockerfile.of("jvm", service.module()).environment("JAVA_TOOL_OPTIONS"));
        environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", heliograph.postgres().reactiveUrl());
        environment.put("QUARKUS_DATASOURCE_USERNAME", PostgresServer.USER);
        environment.put("QUARKUS_DATASOURCE_PASSWORD", PostgresServer.USER);
        environment.put("QUARKUS_REDIS_HOSTS", heliograph.redis().serviceUrl());
        environment.put("HELIOGRAPH_TOKENS_JWKS_URL", "http://localhost:1/.well-known/jwks.json");
        environment.put(
                "HELIOGRAPH_TOKENS_SIGNING_KEYS", heliograph.signingKeys().toString());
        return environment;
    }

    private int status(int port, String path) {
        URI address = URI.create("http://localhost:" + port + path);
        try {
            return HTTP.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException notListening) {
            return 0;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private String output() {
        try {
            return Files.readString(folder.resolve("output"));
        } catch (IOException e) {
            return e.toString();
        }
    }
}
