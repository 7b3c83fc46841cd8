package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.e2e.testsupport.Api;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.Reply;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.testsupport.Socket;
import java.util.Map;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Bans, on every replica. */
@ExtendWith(RunningHeliograph.class)
class ModerationTest {

    private static final int REVOKED = 4503;

    private final Heliograph heliograph;
    private final Api admin;
    private Person ada;
    private Person grace;
    private UUID room;

    ModerationTest(Heliograph heliograph) {
        this.heliograph = heliograph;
        this.admin = heliograph.admin();
    }

    @BeforeEach
    void aRoomOfTwo() {
        ada = heliograph.person("ada");
        grace = heliograph.person("grace");
        room = heliograph.gateway().as(ada).room("public", grace);
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldRejectABannedAccountOnEveryReplicaUntilTheBanIsLifted() {
        String ban = "/api/users/" + grace.id() + "/ban";
        try (Socket first = heliograph.messages(0).socket(grace);
                Socket second = heliograph.messages(1).socket(grace)) {

            admin.call("PUT", ban, Map.of("reason", "spam")).join().expect(200);

            await().until(() -> first.closeCode().equals(OptionalInt.of(REVOKED)));
            await().until(() -> second.closeCode().equals(OptionalInt.of(REVOKED)));
        }
        assertEquals(
                "token_revoked",
                heliograph.gateway().as(grace).get("/api/users/me").expect(401).code());
        assertEquals(
                "token_revoked",
                heliograph.messages(1).as(grace).get("/api/rooms").expect(401).code());
        assertEquals("account_banned", signIn(grace).expect(403).code());

        admin.call("DELETE", ban, null).join().expect(204);

        String token = signIn(grace).expect(200).body().get("accessToken").textValue();
        await().until(() ->
                heliograph.gateway().withToken(token).get("/api/rooms").status() == 200);
        await().until(() ->
                heliograph.messages(0).withToken(token).get("/api/rooms").status() == 200);
        await().until(() ->
                heliograph.messages(1).withToken(token).get("/api/rooms").status() == 200);
        assertEquals(
                "token_revoked",
                heliograph.gateway().as(grace).get("/api/rooms").expect(401).code());
    }

    @Test
    void shouldRemoveABannedMemberAndPublishEventsOnEveryReplica() {
        try (Socket first = heliograph.messages(0).socket(grace);
                Socket second = heliograph.messages(1).socket(grace)) {
            first.join(room);
            second.join(room);
            heliograph
                    .messages(0)
                    .as(ada)
                    .post("/api/rooms/" + room + "/events", Map.of("name", "saved"))
                    .expect(202);
            await().until(() -> has(first, "event") && has(second, "event"));

            ban(heliograph.messages(0));

            await().until(() -> has(first, "left") && has(second, "left"));
            assertEquals("not_a_member", second.join(room).path("code").asText());
        }
        assertEquals("banned", joins().expect(403).code());
    }

    /** The comparison of members, every 30 s, finds what the bus has lost. */
    @Test
    void shouldRemoveABannedMemberWithoutRedisToo() {
        try (Socket first = heliograph.messages(0).socket(grace);
                Socket second = heliograph.messages(1).socket(grace)) {
            first.join(room);
            second.join(room);
            heliograph.redis().kill();

            ban(heliograph.messages(0));

            assertEquals("banned", joins().expect(403).code());
            await().until(() -> has(first, "left"));
            await().until(() -> has(second, "left"));
        }
    }

    private void ban(Api replica) {
        replica.as(ada)
                .call("PUT", "/api/rooms/" + room + "/bans/" + grace.id(), Map.of("reason", "spam"))
                .join()
                .expect(200);
    }

    private Reply joins() {
        return heliograph
                .messages(1)
                .as(grace)
                .call("PUT", "/api/rooms/" + room + "/members/" + grace.id(), null)
                .join();
    }

    private Reply signIn(Person person) {
        return heliograph
                .gateway()
                .post(
                        "/api/auth/login",
                        Map.of("login", person.username(), "password", Heliograph.password(person.username())));
    }

    private static boolean has(Socket socket, String type) {
        return socket.frames().stream().anyMatch(frame -> type(frame).equals(type));
    }

    private static String type(JsonNode frame) {
        return frame.get("type").asText();
    }
}
