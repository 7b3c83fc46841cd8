package io.heliograph.message.websocket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ManyRoomsTest extends MessageServiceTest {

    private static final int ROOMS = 1_000;

    /** Set by the test resource. */
    PostgresServer postgres;

    @Test
    void shouldBoundTheRoomsOfASocketOnRepeatedJoins() throws SQLException {
        Person ada = person("ada");
        ada.creates("private");
        List<UUID> rooms = roomsOf(ada);
        try (Socket socket = Socket.of(server(), ada.token())) {
            for (UUID room : rooms) {
                socket.sendFrame(Json.write(Map.of("type", "join", "room", room)));
            }

            await().atMost(Duration.ofMinutes(2))
                    .until(() -> types(socket, "joined").size()
                                    + types(socket, "error").size()
                            == ROOMS);
            // A join that fails for another reason gives its place to a later one.
            assertThat(types(socket, "joined")).hasSizeLessThanOrEqualTo(200);
            assertThat(types(socket, "error"))
                    .filteredOn(error -> error.get("code").asText().equals("too_many_rooms"))
                    .hasSizeGreaterThan(100);
            assertThat(socket.request(Map.of("type", "ping")).join().get("type").asText())
                    .isEqualTo("pong");
        }
        await().until(() -> metric("heliograph_delivery_rooms") == 0);
        await().until(() -> metric("heliograph_presence_rooms") == 0);
        try (Socket socket = Socket.of(server(), ada.token())) {
            assertThat(socket.join(rooms.get(0)).get("type").asText()).isEqualTo("joined");
        }
    }

    private static List<JsonNode> types(Socket socket, String type) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type))
                .toList();
    }

    /** More than one would make over REST. */
    private List<UUID> roomsOf(Person owner) throws SQLException {
        List<UUID> rooms = new ArrayList<>();
        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                var statement = connection.prepareStatement("""
                        with made as (
                          insert into rooms (name, visibility)
                          select 'room ' || n, 'private' from generate_series(1, ?) n returning id
                        )
                        insert into members (room_id, user_id, role) select id, ?, 'owner' from made returning room_id
                        """)) {
            statement.setInt(1, ROOMS);
            statement.setObject(2, owner.id());
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    rooms.add(rows.getObject(1, UUID.class));
                }
            }
        }
        return rooms;
    }
}
