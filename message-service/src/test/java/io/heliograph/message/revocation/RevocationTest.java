package io.heliograph.message.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tokens that end before they expire, as docs/adr/0013 has it; the tests write what user-service would. */
@QuarkusTest
class RevocationTest extends MessageServiceTest {

    private static final String REVOCATIONS = "heliograph:revocations";
    private static final int REVOKED = 4503;

    /** Set by the test resource. */
    RedisServer redis;

    private final UUID ada = UUID.randomUUID();

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
            revoke("session:" + sid("s1"));

            assertThat(one.awaitClose()).isEqualTo(REVOKED);
            assertThat(two.awaitClose()).isEqualTo(REVOKED);
            assertAlive(other);
            assertAlive(grace);
        }
    }

    @Test
    void shouldCloseAllSocketsOfARevokedPersonAndNoOthers() {
        try (Socket one = socket("s1");
                Socket two = socket("s2");
                Socket grace = Socket.of(server(), person("grace").token())) {
            revoke("user:" + ada);

            assertThat(one.awaitClose()).isEqualTo(REVOKED);
            assertThat(two.awaitClose()).isEqualTo(REVOKED);
            assertAlive(grace);
        }
        await().untilAsserted(() ->
                assertThat(anonymous().get(metrics()).asString()).contains("heliograph_socket_users 0.0"));
    }

    @Test
    void shouldRefuseARevokedTokenThatWasGoodBefore() {
        Person person = ada("s1");
        person.asks().get("/api/rooms").then().statusCode(200);

        await().untilAsserted(() -> {
            // By the channel alone, and again if nobody listened yet.
            publish("session:" + sid("s1"));
            assertRefused(person);
        });
        assertThat(person.asks().get("/api/rooms").header("WWW-Authenticate"))
                .isEqualTo("Bearer error=\"invalid_token\"");
        ada("s2").asks().get("/api/rooms").then().statusCode(200);
    }

    @Test
    void shouldRefuseToConnectWithARevokedToken() {
        revoke("session:" + sid("s1"));
        awaitRefusal(ada("s1"));
        try (Socket fresh = Socket.open(server());
                Socket renewed = socket("s2")) {
            for (Socket socket : new Socket[] {fresh, renewed}) {
                socket.tell(Map.of("type", "connect", "id", "c", "token", token("s1")));

                assertThat(socket.awaitClose()).isEqualTo(REVOKED);
                assertThat(socket.frames())
                        .extracting(frame -> frame.path("code").asText())
                        .contains("token_revoked");
            }
        }
    }

    @Test
    void shouldKeepASocketThatHasMovedOnToAnotherSession() {
        try (Socket moved = socket("s1");
                Socket stayed = socket("s1")) {
            moved.request(Map.of("type", "connect", "token", token("s2"))).join();

            revoke("session:" + sid("s1"));

            assertThat(stayed.awaitClose()).isEqualTo(REVOKED);
            assertAlive(moved);
            revoke("session:" + sid("s2"));
            assertThat(moved.awaitClose()).isEqualTo(REVOKED);
        }
    }

    @Test
    void shouldLearnFromTheSetWhatTheChannelDropped() {
        try (Socket socket = socket("s1")) {
            store("session:" + sid("s1"));

            await().untilAsserted(() -> assertThat(socket.closeCode()).hasValue(REVOKED));
        }
    }

    @Test
    void shouldReadASetOfManyPages() {
        // All at once, and the one that matters is on the last page.
        String many = """
                EVAL "for i = 1, 3500 do redis.call('ZADD', KEYS[1], ARGV[1], ARGV[2] .. i) end \
                return redis.call('ZADD', KEYS[1], ARGV[1] - 1000, ARGV[3])" 1 %s %d session:%s session:%s""".formatted(REVOCATIONS, System.currentTimeMillis(), sid("other"), sid("s1"));
        try (Socket socket = socket("s1")) {
            redis.execute(many);

            await().untilAsserted(() -> assertThat(socket.closeCode()).hasValue(REVOKED));
        }
    }

    @Test
    void shouldPassOverWhatItDoesNotKnow() {
        revoke("nonsense");
        revoke("user:nobody");

        revoke("session:" + sid("s1"));

        awaitRefusal(ada("s1"));
    }

    @Test
    void shouldKeepWhatItKnowsWhileRedisIsAway() {
        revoke("session:" + sid("s1"));
        awaitRefusal(ada("s1"));

        redis.kill();

        assertRefused(ada("s1"));
        ada("s2").asks().get("/api/rooms").then().statusCode(200);
        redis.start();
        // What was forgotten with the first Redis is still known, and all of the second one is read.
        store("session:" + sid("s2"));
        await().untilAsserted(() -> assertRefused(ada("s2")));
        assertRefused(ada("s1"));
    }

    @Test
    void shouldListenAgainWhenRedisIsBack() {
        redis.kill();
        redis.start();

        // Published and not stored: only one who listens can know. Redis may not listen itself yet.
        await().ignoreException(UncheckedIOException.class).untilAsserted(() -> {
            publish("session:" + sid("s1"));
            assertRefused(ada("s1"));
        });
    }

    @Test
    void shouldReadAllOfTheSetWhenItConnectsAnew() {
        // Longer ago than a round asks for.
        long longAgo = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
        store(longAgo, "session:" + sid("s1"));

        redis.disconnectSubscribers();

        await().untilAsserted(() -> assertRefused(ada("s1")));
    }

    @Test
    void shouldGoOnWhenARedisThatHungGoesOn() throws Exception {
        signal("STOP");
        try {
            await().until(() -> metric("heliograph_revocations_unavailable") == 1);
            ada("s1").asks().get("/api/rooms").then().statusCode(200);
        } finally {
            signal("CONT");
        }

        revoke("session:" + sid("s1"));

        await().untilAsserted(() -> assertRefused(ada("s1")));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.process().pid()))
                .start()
                .waitFor();
    }

    /** As user-service does it. */
    private void revoke(String member) {
        store(member);
        publish(member);
    }

    private void publish(String member) {
        redis.execute("PUBLISH %s %s".formatted(REVOCATIONS, member));
    }

    private void store(String member) {
        store(System.currentTimeMillis(), member);
    }

    private void store(long time, String member) {
        redis.execute("ZADD %s %d %s".formatted(REVOCATIONS, time, member));
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
