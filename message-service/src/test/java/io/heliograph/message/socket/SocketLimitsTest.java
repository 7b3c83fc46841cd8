package io.heliograph.message.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

/** What one socket and one person may ask for, with bounds low enough to meet. */
@QuarkusTest
@TestProfile(SocketLimitsTest.LowBounds.class)
class SocketLimitsTest extends MessageServiceTest {

    public static final class LowBounds implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "heliograph.socket.connect-timeout", "0.5S",
                    "heliograph.socket.heartbeat", "1S",
                    "heliograph.socket.max-rooms", "2",
                    "heliograph.socket.max-sockets-per-user", "2",
                    "heliograph.socket.sends-per-second", "1",
                    "heliograph.socket.send-burst", "3",
                    "heliograph.socket.max-bad-frames", "5",
                    "heliograph.socket.opens-per-second", "20",
                    "heliograph.socket.open-burst", "20",
                    "heliograph.tokens.clock-skew", "0S");
        }
    }

    @Test
    void shouldCloseASocketThatDoesNotSayWhoItIs() {
        try (Socket socket = Socket.open(server())) {
            assertThat(socket.awaitClose()).isEqualTo(4501);
        }
    }

    @Test
    void shouldLetASocketComeBackWhenItsTokenCouldNotBeChecked() {
        issuer.rotate();
        issuer.setAvailable(false);
        Person ada = person("ada");
        try {
            try (Socket socket = Socket.open(server())) {
                JsonNode refusal = socket.request(Map.of("type", "connect", "token", ada.token()))
                        .join();

                assertThat(refusal.get("code").asText()).isEqualTo("keys_unavailable");
                assertThat(socket.awaitClose()).isEqualTo(4013);
            }
        } finally {
            issuer.setAvailable(true);
        }

        await().until(() -> {
            try (Socket socket = Socket.open(server())) {
                JsonNode answer = socket.request(Map.of("type", "connect", "token", ada.token()))
                        .join();
                return answer.get("type").asText().equals("welcome");
            }
        });
    }

    @Test
    void shouldRefuseOneRoomTooMany() {
        Person ada = person("ada");
        try (Socket socket = socket(ada)) {
            UUID first = room(ada);
            socket.join(first);
            socket.join(room(ada));
            assertThat(socket.join(room(ada)).get("code").asText()).isEqualTo("too_many_rooms");
            assertThat(socket.join(first).get("type").asText()).isEqualTo("joined");

            socket.request(Map.of("type", "leave", "room", first)).join();
            assertThat(socket.join(room(ada)).get("type").asText()).isEqualTo("joined");
        }
    }

    @Test
    void shouldTellTheLastOfTooManyAtOnceWhenToComeBack() {
        var refused = await().pollInterval(Duration.ofMillis(1))
                .until(
                        () -> anonymous().header("Upgrade", "websocket").get("/api/ws"),
                        answer -> answer.statusCode() == 503);

        assertThat(refused.jsonPath().getString("code")).isEqualTo("overloaded");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 4);
        await().untilAsserted(() -> assertThat(anonymous()
                        .header("Upgrade", "websocket")
                        .get("/api/ws")
                        .statusCode())
                .isEqualTo(400));
    }

    @Test
    void shouldRefuseOneSocketTooManyOfTheSamePerson() {
        Person ada = person("ada");
        try (Socket one = socket(ada);
                Socket two = socket(ada);
                Socket three = Socket.open(server())) {
            three.tell(Map.of("type", "connect", "token", ada.token()));
            assertThat(three.awaitClose()).isEqualTo(4029);
            assertThat(one.closeCode()).isEmpty();
            assertThat(two.closeCode()).isEmpty();
        }
        await().untilAsserted(() ->
                assertThat(anonymous().get(metrics()).asString()).contains("heliograph_socket_users 0.0"));
    }

    @Test
    void shouldAnswerAFloodWithErrorsAndKeepTheSocket() {
        Person ada = person("ada");
        UUID room = room(ada);
        try (Socket socket = socket(ada)) {
            for (int i = 0; i < 3; i++) {
                assertThat(socket.send(room, "c" + i, "x").get("type").asText()).isEqualTo("ack");
            }
            List<String> codes = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                codes.add(socket.send(room, "d" + i, "x").path("code").asText());
            }
            assertThat(codes).contains("rate_limited");
            stillAnswers(socket);
        }
    }

    @Test
    void shouldNotTakeRefusalsForAbuse() {
        Person ada = person("ada");
        UUID room = room(ada);
        try (Socket socket = Socket.open(server())) {
            for (int i = 0; i < 10; i++) {
                assertThat(socket.join(room).get("code").asText()).isEqualTo("unauthenticated");
            }
            socket.request(Map.of("type", "connect", "token", ada.token())).join();
            socket.join(room);
            socket.join(room(ada));
            UUID third = room(ada);
            for (int i = 0; i < 10; i++) {
                assertThat(socket.join(third).get("code").asText()).isEqualTo("too_many_rooms");
                assertThat(socket.request(Map.of("type", "typing", "room", third))
                                .join()
                                .get("code")
                                .asText())
                        .isEqualTo("not_joined");
                assertThat(socket.request(Map.of("type", "leave", "room", "none"))
                                .join()
                                .get("code")
                                .asText())
                        .isEqualTo("room_not_found");
                assertThat(socket.request(Map.of(
                                        "type",
                                        "connect",
                                        "token",
                                        person("grace").token()))
                                .join()
                                .get("code")
                                .asText())
                        .isEqualTo("invalid_token");
            }
            stillAnswers(socket);
        }
    }

    @Test
    void shouldCloseOnRepeatedMalformedFrames() {
        try (Socket socket = socket(person("ada"))) {
            for (int i = 0; i < 10; i++) {
                socket.tell(Map.of("type", "smoke"));
            }
            assertThat(socket.awaitClose()).isEqualTo(4500);
        }
    }

    @Test
    void shouldCloseWhenTheTokenExpiresUnlessItIsRenewed() {
        UUID id = UUID.randomUUID();
        String token = issuer.token(id, "ada", claims -> claims.setExpirationTime(inTwoSeconds()));
        try (Socket expiring = Socket.of(server(), token);
                Socket renewed = Socket.of(server(), token)) {
            var welcome = renewed.request(Map.of("type", "connect", "token", issuer.token(id, "ada")));
            assertThat(welcome.join().get("type").asText()).isEqualTo("welcome");

            assertThat(expiring.awaitClose()).isEqualTo(4001);
            assertThat(renewed.request(Map.of("type", "ping"))
                            .join()
                            .get("type")
                            .asText())
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldNotLetSomebodyElseTakeASocketOver() {
        try (Socket socket = socket(person("ada"))) {
            var answer = socket.request(
                    Map.of("type", "connect", "token", person("grace").token()));
            assertThat(answer.join().get("code").asText()).isEqualTo("invalid_token");
            assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldCloseASocketThatShowsNoLife() {
        // The client of the tests answers pings by itself; this one does not.
        try (RawSocket silent = RawSocket.open(server())) {
            silent.frame(
                    RawSocket.TEXT,
                    ("{\"type\":\"connect\",\"token\":\"" + person("ada").token() + "\"}").getBytes(UTF_8));
            assertThat(silent.awaitClose()).isEqualTo(4010);
        }
    }

    @Test
    void shouldKeepASocketThatAnswersPings() {
        try (Socket socket = socket(person("ada"))) {
            await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
            assertThat(socket.closeCode()).isEmpty();
        }
    }

    private static void stillAnswers(Socket socket) {
        assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                .isEqualTo("pong");
    }

    private Socket socket(Person person) {
        return Socket.of(server(), person.token());
    }

    private static UUID room(Person owner) {
        return UUID.fromString(owner.creates("private"));
    }

    private static NumericDate inTwoSeconds() {
        return NumericDate.fromSeconds(NumericDate.now().getValue() + 2);
    }
}
