package io.heliograph.message.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.ProfileFeedServer;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Rooms of a deleted account. */
@QuarkusTest
@TestProfile(PeerServices.class)
class DeletedAccountTest extends MessageServiceTest {

    /** More rooms than one step processes. */
    private static final int MANY = 250;

    /** Set by the test resources. */
    ProfileFeedServer feed;

    PostgresServer postgres;

    @Test
    void shouldLeaveAllItsRooms() throws SQLException {
        UUID id = UUID.randomUUID();
        Person ada = ada(id);
        Person grace = person("grace");
        String empty = ada.creates("public");
        String shared = ada.creates("public");
        grace.joins(shared);
        owns(id, MANY);

        feed.publishDeleted(id, 2);

        await().untilAsserted(() -> assertThat(rooms(id)).isZero());
        grace.joins(empty);
        assertThat(role(empty, grace)).isEqualTo("owner");
        assertThat(role(shared, grace)).isEqualTo("owner");
        assertThat(count("select count(*) from rooms where name = ?", id.toString()))
                .isZero();
        assertThat(count("select count(*) from leaving_accounts where id = ?::uuid", id.toString()))
                .isZero();
    }

    @Test
    void shouldPublishTheNewOwnershipOfARoom() {
        UUID id = UUID.randomUUID();
        Person ada = ada(id);
        Person grace = person("grace");
        String room = ada.creates("public");
        grace.joins(room);

        try (Socket hers = Socket.of(server(), grace.token())) {
            await().until(() ->
                    hers.frames().stream().anyMatch(frame -> type(frame).equals("account")));

            feed.publishDeleted(id, 2);

            await().until(() -> hers.frames().stream()
                    .anyMatch(frame -> type(frame).equals("room_updated")
                            && frame.get("room").asText().equals(room)
                            && frame.get("role").asText().equals("owner")));
        }
    }

    private Person ada(UUID id) {
        return new Person(id, "ada", issuer.token(id, "ada", claims -> {
            claims.setStringClaim("name", "Ada");
            claims.setClaim("profile_version", 1);
        }));
    }

    private static String type(JsonNode frame) {
        return frame.get("type").asText();
    }

    private long rooms(UUID person) throws SQLException {
        return count("select count(*) from members where user_id = ?::uuid", person.toString());
    }

    private static String role(String room, Person person) {
        return person.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.user.id == '" + person.id() + "' }.role");
    }

    /** Private rooms without other members. */
    private void owns(UUID person, int rooms) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), PostgresServer.USER, "");
                var statement = connection.prepareStatement("""
                        with made as (
                          insert into rooms (name, visibility)
                          select ?, 'private' from generate_series(1, ?) returning id
                        )
                        insert into members (room_id, user_id, role) select id, ?, 'owner' from made
                        """)) {
            statement.setString(1, person.toString());
            statement.setInt(2, rooms);
            statement.setObject(3, person);
            statement.execute();
        }
    }

    private long count(String query, String value) throws SQLException {
        try (var connection = DriverManager.getConnection(url(), PostgresServer.USER, "");
                var statement = connection.prepareStatement(query)) {
            statement.setString(1, value);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private String url() {
        return "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
    }
}
