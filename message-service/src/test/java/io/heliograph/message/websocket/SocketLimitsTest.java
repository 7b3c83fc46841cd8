package io.heliograph.message.websocket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.Retry;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of a socket and of a user, with bounds that a test can reach. */
@QuarkusTest
class SocketLimitsTest extends MessageServiceTest {

    /** Far more invalid frames than are tolerated while they arrive. */
    private static final int FLOOD = 60;

    @Inject
    SettableSocketConfig config;

    @AfterEach
    void reset() {
        config.reset();
    }

    @Test
    void shouldCloseASocketThatDoesNotConnectInTime() {
        config.set("connectTimeout", Duration.ofMillis(100));
        try (Socket socket = Socket.open(server())) {
            assertThat(socket.awaitClose()).isEqualTo(4501);
        }
    }

    @Test
    void shouldAllowAReconnectWhenATokenCannotBeVerified() {
        issuer.rotate();
        issuer.setAvailable(false);
        Person ada = person("ada");
        try {
            Retry.withMoreTime(Duration.ofSeconds(2), time -> closesWithoutKeys(ada, time));
        } finally {
            issuer.setAvailable(true);
            config.reset();
        }

        await().until(() -> {
            try (Socket socket = Socket.open(server())) {
                JsonNode answer = socket.request(Map.of("type", "connect", "token", ada.token()))
                        .join();
                return answer.get("type").asText().equals("welcome");
            }
        });
    }

    /** Whether the keys were fetched before the connect timeout. */
    private boolean closesWithoutKeys(Person person, Duration time) {
        config.set("connectTimeout", time);
        try (Socket socket = Socket.open(server())) {
            var refusal = socket.request(Map.of("type", "connect", "token", person.token()));
            if (!refusal.handle((answer, closed) -> closed == null).join()) {
                return false;
            }
            assertThat(refusal.join().get("code").asText()).isEqualTo("keys_unavailable");
            assertThat(socket.awaitClose()).isEqualTo(4013);
            return true;
        }
    }

    @Test
    void shouldRejectAJoinOverTheLimit() {
        config.set("maxRooms", 2);
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
    void shouldCountRoomsInTheOrderOfJoinsAndLeaves() {
        config.set("maxRooms", 2);
        Person ada = person("ada");
        UUID first = room(ada);
        UUID second = room(ada);
        UUID third = room(ada);
        try (Socket socket = socket(ada)) {
            socket.sendFrame(Map.of("type", "join", "room", first));
            socket.sendFrame(Map.of("type", "join", "room", second));
            socket.sendFrame(Map.of("type", "leave", "room", first));

            assertThat(socket.join(third).get("type").asText()).isEqualTo("joined");
            assertThat(socket.join(first).get("code").asText()).isEqualTo("too_many_rooms");
        }
    }

    @Test
    void shouldRejectASocketOverTheLimitPerUser() {
        config.set("maxSocketsPerUser", 2);
        Person ada = person("ada");
        try (Socket one = socket(ada);
                Socket two = socket(ada);
                Socket three = Socket.open(server())) {
            three.sendFrame(Map.of("type", "connect", "token", ada.token()));
            assertThat(three.awaitClose()).isEqualTo(4029);
            assertThat(one.closeCode()).isEmpty();
            assertThat(two.closeCode()).isEmpty();
        }
        await().untilAsserted(() ->
                assertThat(anonymous().get(metrics()).asString()).contains("heliograph_socket_users 0.0"));
    }

    @Test
    void shouldRejectAFloodAndKeepTheSocket() {
        config.set("sendsPerSecond", 0);
        config.set("sendBurst", 3);
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
    void shouldNotCountRejectionsAsAbuse() {
        config.set("maxRooms", 2);
        config.set("maxBadFrames", 5);
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
        config.set("maxBadFrames", 5);
        try (Socket socket = socket(person("ada"))) {
            for (int i = 0; i < FLOOD; i++) {
                socket.sendFrame(Map.of("type", "smoke"));
            }
            assertThat(socket.awaitClose()).isEqualTo(4500);
        }
    }

    @Test
    void shouldCloseWhenTheTokenExpiresUnlessItIsRenewed() {
        Retry.withMoreTime(Duration.ofSeconds(2), this::isRenewedInTime);
    }

    /** Whether the second socket got another token before the first one expired, and stayed open with it. */
    private boolean isRenewedInTime(Duration life) {
        UUID id = UUID.randomUUID();
        String token = issuer.token(id, "ada", claims -> claims.setExpirationTime(in(life)));
        try (Socket renewed = Socket.of(server(), token);
                Socket expiring = Socket.of(server(), token)) {
            var welcome = renewed.request(Map.of("type", "connect", "token", issuer.token(id, "ada")));
            if (!welcome.handle((answer, closed) -> closed == null).join()) {
                return false;
            }
            assertThat(welcome.join().get("type").asText()).isEqualTo("welcome");

            assertThat(expiring.awaitClose()).isEqualTo(4001);
            assertThat(renewed.request(Map.of("type", "ping"))
                            .join()
                            .get("type")
                            .asText())
                    .isEqualTo("pong");
            return true;
        }
    }

    @Test
    void shouldNotLetAnotherUserTakeASocketOver() {
        try (Socket socket = socket(person("ada"))) {
            var answer = socket.request(
                    Map.of("type", "connect", "token", person("grace").token()));
            assertThat(answer.join().get("code").asText()).isEqualTo("invalid_token");
            assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                    .isEqualTo("pong");
        }
    }

    @Test
    void shouldCloseAnUnresponsiveSocket() {
        config.set("heartbeat", Duration.ofMillis(100));
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
        config.set("connectTimeout", Duration.ofHours(1));
        Retry.withMoreTime(Duration.ofMillis(100), heartbeat -> {
            config.set("heartbeat", heartbeat);
            try (RawSocket alive = RawSocket.open(server())) {
                // Without an answer it would be closed instead of the third one.
                return IntStream.range(0, 6).allMatch(beat -> alive.answersPing());
            }
        });
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

    private static NumericDate in(Duration time) {
        return NumericDate.fromSeconds(NumericDate.now().getValue() + time.toSeconds());
    }
}
