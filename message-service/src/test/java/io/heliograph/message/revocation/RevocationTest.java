package io.heliograph.message.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.RevocationWriter;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revoked tokens (docs/adr/0013); the tests write the revocations of user-service. */
@QuarkusTest
class RevocationTest extends MessageServiceTest {

    private static final int REVOKED = 4503;

    /** Set by the test resource. */
    RedisServer redis;

    private final UUID ada = UUID.randomUUID();
    private RevocationWriter revocations;

    @BeforeEach
    void writeRevocations() {
        revocations = new RevocationWriter(redis);
    }

    @AfterEach
    void startWhatWasStopped() {
        redis.start();
    }

    @Test
    void shouldCloseTheSocketsOfARevokedSessionAndNoOthers() {
        try (Socket one = socket("s1");
                Socket two = socket("s1");
                Socket other = socket("s2");
                Socket grace = Socket.of(server(), person("grace").token())) {
            revocations.revoke("session:" + sid("s1"));

            assertThat(one.awaitClose()).isEqualTo(REVOKED);
            assertThat(two.awaitClose()).isEqualTo(REVOKED);
            assertAlive(other);
            assertAlive(grace);
        }
    }

    @Test
    void shouldCloseAllSocketsOfARevokedUserAndNoOthers() {
        try (Socket one = socket("s1");
                Socket two = socket("s2");
                Socket grace = Socket.of(server(), person("grace").token())) {
            revocations.revoke("user:" + ada);

            assertThat(one.awaitClose()).isEqualTo(REVOKED);
            assertThat(two.awaitClose()).isEqualTo(REVOKED);
            assertAlive(grace);
        }
        await().untilAsserted(() ->
                assertThat(anonymous().get(metrics()).asString()).contains("heliograph_socket_users 0.0"));
    }

    @Test
    void shouldRejectAVerifiedTokenAfterItsRevocation() {
        Person person = ada("s1");
        person.asks().get("/api/rooms").then().statusCode(200);

        await().untilAsserted(() -> {
            // Over the channel only, repeated until there is a subscriber.
            revocations.publish("session:" + sid("s1"));
            assertRefused(person);
        });
        assertThat(person.asks().get("/api/rooms").header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\"");
        ada("s2").asks().get("/api/rooms").then().statusCode(200);
    }

    @Test
    void shouldRejectToConnectWithARevokedToken() {
        revocations.revoke("session:" + sid("s1"));
        awaitRefusal(ada("s1"));
        try (Socket fresh = Socket.open(server());
                Socket renewed = socket("s2")) {
            for (Socket socket : new Socket[] {fresh, renewed}) {
                socket.sendFrame(Map.of("type", "connect", "id", "c", "token", token("s1")));

                assertThat(socket.awaitClose()).isEqualTo(REVOKED);
                assertThat(socket.frames())
                        .extracting(frame -> frame.path("code").asText())
                        .contains("token_revoked");
            }
        }
    }

    @Test
    void shouldKeepASocketThatHasConnectedWithAnotherSession() {
        try (Socket moved = socket("s1");
                Socket stayed = socket("s1")) {
            moved.request(Map.of("type", "connect", "token", token("s2"))).join();

            revocations.revoke("session:" + sid("s1"));

            assertThat(stayed.awaitClose()).isEqualTo(REVOKED);
            assertAlive(moved);
            revocations.revoke("session:" + sid("s2"));
            assertThat(moved.awaitClose()).isEqualTo(REVOKED);
        }
    }

    @Test
    void shouldReadRevocationsThatTheChannelLost() {
        try (Socket socket = socket("s1")) {
            revocations.store("session:" + sid("s1"));

            await().untilAsserted(() -> assertThat(socket.closeCode()).hasValue(REVOKED));
        }
    }

    @Test
    void shouldReadASetOfManyPages() {
        try (Socket socket = socket("s1")) {
            // On the last page.
            revocations.storeBehind(3_500, "session:" + sid("s1"));

            await().untilAsserted(() -> assertThat(socket.closeCode()).hasValue(REVOKED));
        }
    }

    @Test
    void shouldIgnoreUnknownRevocations() {
        revocations.revoke("nonsense");
        revocations.revoke("user:nobody");

        revocations.revoke("session:" + sid("s1"));

        awaitRefusal(ada("s1"));
    }

    @Test
    void shouldKeepKnownRevocationsAndServeOthersWhileRedisIsUnavailable() {
        revocations.revoke("session:" + sid("s1"));
        awaitRefusal(ada("s1"));

        redis.kill();

        assertRefused(ada("s1"));
        ada("s2").asks().get("/api/rooms").then().statusCode(200);
        redis.start();
        // Revocations of the first Redis are kept, and all of the second one are read.
        revocations.store("session:" + sid("s2"));
        await().untilAsserted(() -> assertRefused(ada("s2")));
        assertRefused(ada("s1"));
    }

    @Test
    void shouldSubscribeAgainAfterARestartOfRedis() {
        redis.kill();
        redis.start();

        // Published only, so that only a subscriber gets it. Redis may not accept connections yet.
        await().ignoreException(UncheckedIOException.class).untilAsserted(() -> {
            revocations.publish("session:" + sid("s1"));
            assertRefused(ada("s1"));
        });
    }

    @Test
    void shouldReadAllRevocationsAfterAReconnect() {
        // Before the period that a round reads.
        long longAgo = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
        revocations.store(longAgo, "session:" + sid("s1"));

        redis.disconnectSubscribers();

        await().untilAsserted(() -> assertRefused(ada("s1")));
    }

    @Test
    void shouldRecoverAfterRedisWasFrozen() throws Exception {
        signal("STOP");
        try {
            await().until(() -> metric("heliograph_revocations_unavailable") == 1);
            ada("s1").asks().get("/api/rooms").then().statusCode(200);
        } finally {
            signal("CONT");
        }

        revocations.revoke("session:" + sid("s1"));

        await().untilAsserted(() -> assertRefused(ada("s1")));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.process().pid()))
                .start()
                .waitFor();
    }

    private void awaitRefusal(Person person) {
        await().untilAsserted(() -> assertRefused(person));
    }

    private static void assertRefused(Person person) {
        refused(person.asks().get("/api/rooms"), 401, "token_revoked");
    }

    private static void assertAlive(Socket socket) {
        assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                .isEqualTo("pong");
    }

    private Socket socket(String session) {
        return Socket.of(server(), token(session));
    }

    private Person ada(String session) {
        return new Person(ada, "ada", token(session));
    }

    private String token(String session) {
        return issuer.token(ada, "ada", claims -> claims.setStringClaim("sid", sid(session)));
    }

    /** Of this test alone. */
    private String sid(String session) {
        return ada + "-" + session;
    }
}
