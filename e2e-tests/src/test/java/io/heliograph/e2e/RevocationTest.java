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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class RevocationTest {

    private static final int REVOKED = 4503;

    private final Heliograph heliograph;

    RevocationTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @Test
    void shouldEndASessionEverywhereWhenItIsSignedOut() {
        Person ada = heliograph.person("ada");
        JsonNode session = heliograph.signIn(ada.username());
        String token = session.get("accessToken").textValue();
        try (Socket first = heliograph.gateway().withToken(token).socket();
                Socket second = heliograph.messages(1).withToken(token).socket();
                Socket other = heliograph.gateway().socket(ada)) {

            heliograph
                    .gateway()
                    .post(
                            "/api/auth/logout",
                            Map.of("refreshToken", session.get("refreshToken").textValue()))
                    .expect(204);

            await().until(() -> first.closeCode().equals(OptionalInt.of(REVOKED)));
            await().until(() -> second.closeCode().equals(OptionalInt.of(REVOKED)));
            assertEquals(
                    "pong",
                    other.request(Map.of("type", "ping")).join().get("type").asText());
        }
        assertRefused(heliograph.messages(0).withToken(token));
        assertRefused(heliograph.messages(1).withToken(token));
        assertRefused(heliograph.gateway().withToken(token));
        heliograph.gateway().as(ada).get("/api/rooms").expect(200);
    }

    @Test
    void shouldEndASessionEverywhereWhenItIsRevokedFromAnother() {
        Person ada = heliograph.person("ada");
        Api here = heliograph.gateway().as(ada);
        String lost = heliograph.signIn(ada.username()).get("accessToken").textValue();
        JsonNode sessions = here.get("/api/auth/sessions").expect(200).body().get("items");
        assertEquals(2, sessions.size());
        try (Socket socket = heliograph.gateway().withToken(lost).socket();
                Socket other = heliograph.gateway().socket(ada)) {

            sessions.forEach(session -> {
                if (!session.get("current").booleanValue()) {
                    here.call(
                                    "DELETE",
                                    "/api/auth/sessions/" + session.get("id").textValue(),
                                    null)
                            .join()
                            .expect(204);
                }
            });

            await().until(() -> socket.closeCode().equals(OptionalInt.of(REVOKED)));
            assertEquals(
                    "pong",
                    other.request(Map.of("type", "ping")).join().get("type").asText());
        }
        assertRefused(heliograph.gateway().withToken(lost));
        here.get("/api/rooms").expect(200);
    }

    private static void assertRefused(Api api) {
        Reply reply = api.get("/api/rooms").expect(401);

        assertEquals("token_revoked", reply.code());
    }
}
