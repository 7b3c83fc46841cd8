package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Rotates the keys as docs/operations/upgrade.md describes, while users are signed in. */
@ExtendWith(RunningHeliograph.class)
class KeyRotationTest {

    private static final long ROUND_MILLIS = 20;

    private final Heliograph heliograph;

    KeyRotationTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldRotateKeysWithoutInterruptingSignedInUsers() throws Exception {
        Person ada = heliograph.person("ada");
        String oldKey = keyOf(ada.token());
        ScheduledExecutorService traffic = Executors.newSingleThreadScheduledExecutor();
        Client client = new Client(heliograph, heliograph.signIn(ada.username()));
        traffic.scheduleWithFixedDelay(client, 0, ROUND_MILLIS, TimeUnit.MILLISECONDS);

        provide(newSigningKey());
        String newKey = awaitPublished(2).get(0);
        await().until(() -> keyOf(client.accessToken()).equals(newKey));
        String renewed = client.accessToken();
        for (Api replica : replicas()) {
            replica.withToken(renewed).get("/api/rooms").expect(200);
            replica.withToken(ada.token()).get("/api/rooms").expect(200);
        }

        traffic.shutdown();
        assertTrue(traffic.awaitTermination(65, TimeUnit.SECONDS));
        client.assertServedThroughout();
        client.assertPublishedAhead(oldKey, newKey, madeAt(newKey));

        retireAllBut(newKey);
        awaitPublished(1);
        refused(heliograph.users().withToken(ada.token()), "/api/users/me");
        for (Api replica : replicas()) {
            // An unknown key id makes a verifier fetch the keys, which it would otherwise do within minutes.
            refused(replica.withToken(unknownKey(renewed)), "/api/rooms");
            refused(replica.withToken(ada.token()), "/api/rooms");
            replica.withToken(renewed).get("/api/rooms").expect(200);
        }
    }

    /** A token of a renewed session, and whether its key had been published before. */
    private record Renewal(String key, long issuedAt, boolean published) {}

    /** A user whose session is renewed in each round; a failure ends the rounds, so that their number shows it. */
    private static final class Client implements Runnable {

        private final Heliograph heliograph;
        private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        private final Queue<Renewal> renewals = new ConcurrentLinkedQueue<>();
        private volatile JsonNode session;

        Client(Heliograph heliograph, JsonNode session) {
            this.heliograph = heliograph;
            this.session = session;
        }

        @Override
        public void run() {
            Api signedIn = heliograph.gateway().withToken(accessToken());
            statuses.add(signedIn.get("/api/users/me").status());
            statuses.add(signedIn.get("/api/rooms").status());
            List<String> published = published(heliograph.users());
            Reply renewal = heliograph
                    .gateway()
                    .post(
                            "/api/auth/refresh",
                            Map.of("refreshToken", session.get("refreshToken").textValue()));
            statuses.add(renewal.status());
            session = renewal.body();
            String key = keyOf(accessToken());
            renewals.add(new Renewal(key, part(accessToken(), 1).get("iat").longValue(), published.contains(key)));
        }

        String accessToken() {
            return session.get("accessToken").textValue();
        }

        void assertServedThroughout() {
            assertTrue(renewals.size() > 10, "there was traffic: " + renewals.size());
            assertEquals(
                    List.of(), statuses.stream().filter(status -> status != 200).toList());
        }

        /** The times are those of the service, so that a slow machine changes nothing. */
        void assertPublishedAhead(String oldKey, String newKey, long madeAt) {
            assertTrue(renewals.stream().allMatch(Renewal::published), renewals::toString);
            assertEquals(
                    List.of(oldKey, newKey),
                    renewals.stream().map(Renewal::key).distinct().toList());
            renewals.stream()
                    .filter(renewal -> renewal.key().equals(newKey))
                    .forEach(renewal -> assertTrue(
                            renewal.issuedAt() >= madeAt + Heliograph.PUBLISH_AHEAD_SECONDS, renewal::toString));
        }
    }

    private List<Api> replicas() {
        return List.of(heliograph.gateway(0), heliograph.gateway(1), heliograph.messages(0), heliograph.messages(1));
    }

    private List<String> awaitPublished(int keys) {
        Api replica = heliograph.gateway();
        return await().until(() -> published(replica), published -> published.size() == keys);
    }

    private static List<String> published(Api api) {
        return api.get("/.well-known/jwks.json").expect(200).body().get("keys").findValuesAsText("kid");
    }

    /** What user-service itself makes of the present file. */
    private String newSigningKey() throws IOException, InterruptedException {
        Path jar = Heliograph.home().resolve("user-service/target/quarkus-app/quarkus-run.jar");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-jar",
                        jar.toString(),
                        "new-signing-key",
                        heliograph.signingKeys().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor());
        return printed;
    }

    private void retireAllBut(String key) throws IOException {
        provide(Json.write(Map.of("keys", List.of(privateKey(key)))));
    }

    private long madeAt(String key) throws IOException {
        return privateKey(key).get("iat").longValue();
    }

    private JsonNode privateKey(String key) throws IOException {
        for (JsonNode candidate :
                Json.parse(Files.readString(heliograph.signingKeys())).get("keys")) {
            if (candidate.get("kid").textValue().equals(key)) {
                return candidate;
            }
        }
        throw new AssertionError("no key " + key);
    }

    private void provide(String keys) throws IOException {
        Path draft = Files.createTempFile(heliograph.signingKeys().getParent(), "keys", ".tmp");
        Files.writeString(draft, keys);
        Files.move(draft, heliograph.signingKeys(), StandardCopyOption.ATOMIC_MOVE);
    }

    private static String keyOf(String token) {
        return part(token, 0).get("kid").textValue();
    }

    private static JsonNode part(String token, int index) {
        return Json.parse(
                new String(Base64.getUrlDecoder().decode(token.split("\\.", 3)[index]), StandardCharsets.UTF_8));
    }

    private static String unknownKey(String token) {
        String header = "{\"alg\":\"RS256\",\"kid\":\"nobody's\"}";
        return Base64.getUrlEncoder().withoutPadding().encodeToString(header.getBytes(StandardCharsets.UTF_8))
                + token.substring(token.indexOf('.'));
    }

    private static void refused(Api api, String path) {
        assertEquals("invalid_token", api.get(path).expect(401).code());
    }
}
