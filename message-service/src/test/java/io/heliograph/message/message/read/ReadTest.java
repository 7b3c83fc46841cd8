package io.heliograph.message.message.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ReadTest extends MessageServiceTest {

    private static final int MESSAGES = 20;

    private Person ada;
    private Person grace;
    private UUID room;
    private Socket mine;
    private Socket hers;

    @BeforeEach
    void writeSomethingToRead() {
        ada = person("ada");
        grace = person("grace");
        String id = ada.creates("public");
        room = UUID.fromString(id);
        grace.joins(id);
        mine = Socket.of(server(), ada.token());
        hers = Socket.of(server(), grace.token());
        for (int i = 1; i <= MESSAGES; i++) {
            mine.send(room, "c" + i, "message " + i);
        }
        mine.join(room);
        hers.join(room);
    }

    @AfterEach
    void close() {
        mine.close();
        hers.close();
    }

    @Test
    void shouldStoreTheMarkAndPublishItToTheRoom() {
        JsonNode answer = reads(hers, 7).join();

        assertThat(answer.get("type").asText()).isEqualTo("read");
        assertThat(answer.get("room").asText()).isEqualTo(room.toString());
        assertThat(answer.get("seq").asLong()).isEqualTo(7);
        await().until(() -> reads(mine).size() == 1);
        assertThat(reads(mine).get(0).at("/user/id").asText())
                .isEqualTo(grace.id().toString());
        assertThat(reads(mine).get(0).get("seq").asLong()).isEqualTo(7);
        // For her other sockets.
        await().until(() -> reads(hers).size() == 1);
        grace.asks()
                .get("/api/rooms")
                .then()
                .body("items[0].readSeq", equalTo(7))
                .body("items[0].unread", equalTo(MESSAGES - 7));
    }

    @Test
    void shouldMoveForwardOnly() {
        reads(hers, 7).join();

        assertThat(reads(hers, 3).join().get("seq").asLong()).isEqualTo(7);
        assertThat(reads(hers, 7).join().get("seq").asLong()).isEqualTo(7);
        assertThat(reads(hers, 8).join().get("seq").asLong()).isEqualTo(8);

        await().until(() -> reads(mine).size() == 2);
        assertThat(reads(mine)).extracting(frame -> frame.get("seq").asLong()).containsExactly(7L, 8L);
    }

    @Test
    void shouldNotGoBackOnConcurrentMarks() {
        CompletableFuture.allOf(IntStream.rangeClosed(1, MESSAGES)
                        .mapToObj(i -> reads(i % 2 == 0 ? mine : hers, MESSAGES + 1 - i))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(reads(mine, 0).join().get("seq").asLong()).isEqualTo(MESSAGES - 1);
        assertThat(reads(hers, 0).join().get("seq").asLong()).isEqualTo(MESSAGES);
    }

    @Test
    void shouldNotMoveBeyondTheLastMessage() {
        assertThat(reads(hers, Long.MAX_VALUE).join().get("seq").asLong()).isEqualTo(MESSAGES);
    }

    @Test
    void shouldRejectANonMember() {
        try (Socket eve = Socket.of(server(), person("eve").token())) {
            assertThat(reads(eve, 1).join().get("code").asText()).isEqualTo("not_a_member");
            room = UUID.fromString(ada.creates("private"));
            assertThat(reads(eve, 1).join().get("code").asText()).isEqualTo("room_not_found");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "\"1\"", "null", "99999999999999999999"})
    void shouldRejectAnInvalidSeq(String seq) {
        mine.sendFrame("{\"type\":\"read\",\"room\":\"" + room + "\",\"seq\":" + seq + "}");

        await().until(() -> mine.frames().stream()
                .anyMatch(frame -> frame.path("code").asText().equals("invalid_request")));
    }

    private CompletableFuture<JsonNode> reads(Socket socket, long seq) {
        return socket.request(Map.of("type", "read", "room", room, "seq", seq));
    }

    private static List<JsonNode> reads(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals("read"))
                .filter(frame -> frame.has("user"))
                .toList();
    }
}
