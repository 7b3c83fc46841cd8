package io.heliograph.gateway.pipeline;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.RevocationWriter;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Revoked tokens (docs/adr/0013); the tests write the revocations of user-service. */
@QuarkusTest
class RevocationTest extends GatewayTest {

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
    void shouldRejectARevokedSessionAndNoOther() throws IOException {
        String one = token("s1");
        String other = token("s2");
        assertServed(one);

        await().untilAsserted(() -> {
            // Over the channel only, repeated until there is a subscriber.
            revocations.publish("session:" + sid("s1"));
            assertRefused(one);
        });
        assertServed(other);
        assertServed(issuer.token(UUID.randomUUID(), "grace"));
    }

    @Test
    void shouldRejectAllSessionsOfARevokedUser() throws IOException {
        revocations.revoke("user:" + ada);

        awaitRefusal(token("s1"));
        assertRefused(token("s2"));
    }

    @Test
    void shouldReportARevokedToken() throws IOException {
        revocations.revoke("session:" + sid("s1"));
        awaitRefusal(token("s1"));
        int before = good.requests();

        Answer answer = echo(token("s1"));

        assertEquals("Bearer error=\"invalid_token\"", answer.header("WWW-Authenticate"));
        assertEquals(before, good.requests());
    }

    @Test
    void shouldReadRevocationsThatTheChannelLost() {
        revocations.store("session:" + sid("s1"));

        await().untilAsserted(() -> assertRefused(token("s1")));
    }

    @Test
    void shouldKeepKnownRevocationsAndServeOthersWhileRedisIsUnavailable() throws IOException {
        revocations.revoke("session:" + sid("s1"));
        awaitRefusal(token("s1"));

        redis.kill();

        assertRefused(token("s1"));
        assertServed(token("s2"));
        await().until(() -> metrics().contains("heliograph_revocations_unavailable 1.0"));
        redis.start();
        revocations.store("session:" + sid("s2"));
        await().untilAsserted(() -> assertRefused(token("s2")));
        assertRefused(token("s1"));
        await().until(() -> metrics().contains("heliograph_revocations_unavailable 0.0"));
    }

    @Test
    void shouldReadAllRevocationsAfterAReconnect() {
        // Before the period that a round reads.
        long longAgo = System.currentTimeMillis() - Duration.ofMinutes(10).toMillis();
        revocations.store(longAgo, "session:" + sid("s1"));

        redis.disconnectSubscribers();

        await().untilAsserted(() -> assertRefused(token("s1")));
    }

    @Test
    void shouldRecoverAfterRedisWasFrozen() throws Exception {
        signal("STOP");
        try {
            await().until(() -> metrics().contains("heliograph_revocations_unavailable 1.0"));
            assertServed(token("s1"));
        } finally {
            signal("CONT");
        }

        revocations.revoke("session:" + sid("s1"));

        await().untilAsserted(() -> assertRefused(token("s1")));
    }

    private void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(redis.process().pid()))
                .start()
                .waitFor();
    }

    private void awaitRefusal(String token) {
        await().untilAsserted(() -> assertRefused(token));
    }

    private void assertRefused(String token) throws IOException {
        Answer answer = echo(token);
        assertEquals(401, answer.status());
        assertEquals("token_revoked", code(answer));
    }

    private void assertServed(String token) throws IOException {
        assertEquals(200, echo(token).status());
    }

    private Answer echo(String token) throws IOException {
        return exchange("GET /api/rooms/echo HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer " + token + "\r\n\r\n");
    }

    private String token(String session) {
        return issuer.token(ada, "ada", claims -> claims.setStringClaim("sid", sid(session)));
    }

    /** Of this test alone. */
    private String sid(String session) {
        return ada + "-" + session;
    }
}
