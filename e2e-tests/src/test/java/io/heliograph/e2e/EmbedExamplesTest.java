package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The backends that people copy from {@code examples/} connect two users of a product. */
@ExtendWith(RunningHeliograph.class)
class EmbedExamplesTest {

    private static final int REVOKED = 4503;

    private final Heliograph heliograph;

    EmbedExamplesTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldConnectAProductInNode() throws Exception {
        connect(installed("node"), "examples/embed-node/backend.mjs");
    }

    @Test
    void shouldConnectAProductInPython() throws Exception {
        connect(installed("python3"), "examples/embed-python/backend.py");
    }

    @Test
    void shouldConnectAProductInJava() throws Exception {
        connect(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "examples/embed-java/Backend.java");
    }

    private void connect(String runtime, String program) throws IOException {
        Api admin = heliograph.gateway().withToken(heliograph.adminToken());
        JsonNode account = admin.post(
                        "/api/service-accounts", Map.of("name", "Shop", "roles", List.of("integrator", "impersonator")))
                .expect(201)
                .body();
        Process backend = start(runtime, program, account);
        try {
            Api product = new Api(URI.create(firstLine(backend)), null);
            String marie = "customer-" + UUID.randomUUID();
            String pierre = "customer-" + UUID.randomUUID();

            JsonNode room = product.post(
                            "/rooms",
                            Map.of(
                                    "title",
                                    "Order 17",
                                    "users",
                                    List.of(
                                            Map.of("id", marie, "name", "Marie Curie"),
                                            Map.of("id", pierre, "name", "Pierre Curie"))))
                    .expect(200)
                    .body();
            String messages = "/api/rooms/" + room.get("id").asText() + "/messages";
            Api user = heliograph.gateway().withToken(token(product, marie, "Marie Curie"));
            user.post(messages, Map.of("content", "Thank you!")).expect(201);
            JsonNode read = heliograph
                    .gateway()
                    .withToken(token(product, pierre, "Pierre Curie"))
                    .get(messages + "?after=0")
                    .expect(200)
                    .body()
                    .get("items");

            assertEquals("Welcome to Order 17", read.at("/0/content").asText(), read.toString());
            assertTrue(read.at("/0/sender/bot").asBoolean(), read.toString());
            assertEquals("Marie Curie", read.at("/1/sender/displayName").asText(), read.toString());
            assertEndsWithItsBackend(user, admin, account);
        } finally {
            backend.destroyForcibly();
        }
    }

    /** Once the service account is deleted the tokens that it had for people are refused, and their sockets closed. */
    private static void assertEndsWithItsBackend(Api user, Api admin, JsonNode account) {
        try (Socket socket = user.socket()) {
            String path = "/api/service-accounts/" + account.get("id").asText();
            admin.call("DELETE", path, null).join().expect(204);

            await().until(() -> socket.closeCode().equals(OptionalInt.of(REVOKED)));
        }
        await().until(() -> user.get("/api/rooms").status() == 401);
        assertEquals("token_revoked", user.get("/api/rooms").code());
    }

    private static String token(Api product, String id, String name) {
        return product.post("/token", Map.of("id", id, "name", name))
                .expect(200)
                .body()
                .get("access_token")
                .asText();
    }

    private Process start(String runtime, String program, JsonNode account) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(runtime, program)
                .directory(Heliograph.home().toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment()
                .putAll(Map.of(
                        "HELIOGRAPH_URL", heliograph.gateway().address().toString(),
                        "HELIOGRAPH_CLIENT_ID", account.get("clientId").asText(),
                        "HELIOGRAPH_CLIENT_SECRET", account.get("clientSecret").asText()));
        return builder.start();
    }

    /** The address that the backend prints once it listens. */
    private static String firstLine(Process backend) throws IOException {
        BufferedReader output = backend.inputReader(StandardCharsets.UTF_8);
        String line = output.readLine();
        assertTrue(line != null && line.startsWith("http://"), "the example ended, or printed " + line);
        return line;
    }

    /** Skips the test with a message where this runtime is not installed. */
    private static String installed(String runtime) throws IOException, InterruptedException {
        try {
            Process version = new ProcessBuilder(runtime, "--version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (version.waitFor(1, TimeUnit.MINUTES) && version.exitValue() == 0) {
                return runtime;
            }
        } catch (IOException notThere) {
            // As an exit with another code.
        }
        System.err.println("SKIPPED: " + runtime + " is not installed, so its example was not run");
        return abort(runtime + " is not installed");
    }
}
