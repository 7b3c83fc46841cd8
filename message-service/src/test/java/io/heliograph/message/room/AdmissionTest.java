package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How users become members and get roles, with direct additions. */
@QuarkusTest
class AdmissionTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;
    private Person grace;
    private String room;

    @BeforeEach
    void aPrivateRoom() {
        ada = person("ada");
        grace = person("grace");
        grace.creates("private");
        room = ada.creates("private");
    }

    @Test
    void shouldAddANewMemberAtOnce() {
        adds(ada, grace).then().statusCode(200).body("role", equalTo("member"));

        assertThat(role(grace)).isEqualTo("member");
    }

    @Test
    void shouldInviteAMemberWhoLeft() {
        adds(ada, grace).then().statusCode(200);
        leaves(grace).then().statusCode(204);

        adds(ada, grace)
                .then()
                .statusCode(202)
                .body("room.id", equalTo(room))
                .body("user.id", equalTo(grace.id().toString()))
                .body("role", equalTo("member"))
                .body("invitedBy.id", equalTo(ada.id().toString()));
        refused(grace.asks().get("/api/rooms/" + room), 404, "room_not_found");
        invitations(grace).then().body("items.room.id", contains(room)).body("items.role", contains("member"));

        grace.joins(room);
        assertThat(role(grace)).isEqualTo("member");
        invitations(grace).then().body("items", empty());
    }

    @Test
    void shouldAddARemovedMemberAtOnce() {
        adds(ada, grace).then().statusCode(200);
        ada.asks().delete(member(grace)).then().statusCode(204);

        adds(ada, grace).then().statusCode(200);
    }

    @Test
    void shouldDeclineAndWithdrawInvitations() {
        adds(ada, grace).then().statusCode(200);
        leaves(grace).then().statusCode(204);
        adds(ada, grace).then().statusCode(202);

        leaves(grace).then().statusCode(204);
        invitations(grace).then().body("items", empty());
        refused(grace.asks().put(member(grace)), 404, "room_not_found");
        refused(leaves(grace), 404, "room_not_found");

        adds(ada, grace).then().statusCode(202);
        ada.asks()
                .get("/api/rooms/" + room + "/invitations")
                .then()
                .statusCode(200)
                .body("items.user.username", contains("grace"));
        ada.asks().delete(member(grace)).then().statusCode(204);
        refused(ada.asks().delete(member(grace)), 404, "member_not_found");
        refused(grace.asks().put(member(grace)), 404, "room_not_found");
        refused(grace.asks().get("/api/rooms/" + room + "/invitations"), 404, "room_not_found");
    }

    @Test
    void shouldRequireANewOwnerToAccept() {
        adds(ada, grace).then().statusCode(200);
        gives(ada, grace, "owner").then().statusCode(202).body("role", equalTo("owner"));
        assertThat(role(grace)).isEqualTo("member");

        gives(grace, grace, "member").then().statusCode(200).body("role", equalTo("member"));
        refused(gives(grace, grace, "owner"), 403, "not_an_owner");

        gives(ada, grace, "owner").then().statusCode(202);
        grace.joins(room);
        assertThat(role(grace)).isEqualTo("owner");
        gives(ada, grace, "member").then().statusCode(200).body("role", equalTo("member"));
    }

    @Test
    void shouldAddAMemberAndInviteThemAsOwner() {
        gives(ada, grace, "owner").then().statusCode(202);

        assertThat(role(grace)).isEqualTo("member");
        gives(grace, grace, "owner").then().statusCode(200).body("role", equalTo("owner"));
    }

    @Test
    void shouldNotLetABlockedUserAddOrInvite() {
        blocks(grace, ada).then().statusCode(204);

        refused(adds(ada, grace), 403, "blocked");
        refused(gives(ada, grace, "owner"), 403, "blocked");
        batch(ada, List.of(grace.id()))
                .then()
                .statusCode(200)
                .body("items.result", contains("refused"))
                .body("items.code", contains("blocked"));
        grace.asks()
                .get("/api/rooms/blocks")
                .then()
                .statusCode(200)
                .body("items.user.id", contains(ada.id().toString()));

        grace.asks().delete("/api/rooms/blocks/" + ada.id()).then().statusCode(204);
        grace.asks().get("/api/rooms/blocks").then().body("items", empty());
        adds(ada, grace).then().statusCode(200);
    }

    @Test
    void shouldDropTheInvitationsOfABlockedUser() {
        adds(ada, grace).then().statusCode(200);
        leaves(grace).then().statusCode(204);
        adds(ada, grace).then().statusCode(202);

        blocks(grace, ada).then().statusCode(204);

        invitations(grace).then().body("items", empty());
        refused(grace.asks().put("/api/rooms/blocks/" + grace.id()), 400, "invalid_request");
    }

    @Test
    void shouldNotLetABlockedUserWriteInARoomOfTwo() {
        Person edith = person("edith");
        edith.creates("private");
        adds(ada, grace).then().statusCode(200);
        ada.sends(room, "before").then().statusCode(201);
        blocks(grace, ada).then().statusCode(204);

        refused(ada.sends(room, "after"), 403, "blocked");
        try (Socket socket = Socket.of(server(), ada.token())) {
            assertThat(socket.send(UUID.fromString(room), "c", "after")
                            .get("code")
                            .asText())
                    .isEqualTo("blocked");
        }
        grace.sends(room, "still here").then().statusCode(201);
        adds(ada, edith).then().statusCode(200);
        ada.sends(room, "to both").then().statusCode(201);
    }

    @Test
    void shouldAddAThousandMembersInOneRequest() throws SQLException {
        List<UUID> people = known(997);
        List<UUID> all =
                Stream.concat(people.stream(), Stream.of(ada.id(), grace.id())).toList();
        adds(ada, grace).then().statusCode(200);
        leaves(grace).then().statusCode(204);

        Response answer = batch(ada, all);

        answer.then().statusCode(200);
        List<String> results = answer.jsonPath().getList("items.result");
        assertThat(results).hasSize(999);
        assertThat(results.subList(0, 997)).containsOnly("added");
        assertThat(results.subList(997, 999)).containsExactly("member", "invited");
        batch(ada, people).then().statusCode(200).body("items.result.unique()", contains("member"));
    }

    @Test
    void shouldRejectABatchThatIsEmptyTooLongOrHasDuplicates() {
        refused(batch(ada, List.of()), 400, "invalid_request");
        refused(batch(ada, Stream.generate(UUID::randomUUID).limit(1_001).toList()), 400, "invalid_request");
        refused(batch(ada, List.of(grace.id(), grace.id())), 400, "invalid_request");
        refused(batch(grace, List.of(grace.id())), 404, "room_not_found");
    }

    private Response adds(Person owner, Person person) {
        return owner.asks().put(member(person));
    }

    private Response gives(Person owner, Person person, String role) {
        return owner.asks()
                .contentType("application/json")
                .body(Map.of("role", role))
                .put(member(person));
    }

    private Response leaves(Person person) {
        return person.asks().delete(member(person));
    }

    private static Response blocks(Person person, Person other) {
        return person.asks().put("/api/rooms/blocks/" + other.id());
    }

    private static Response invitations(Person person) {
        return person.asks().get("/api/rooms/invitations");
    }

    private Response batch(Person owner, List<UUID> people) {
        return owner.asks()
                .contentType("application/json")
                .body(Map.of(
                        "members", people.stream().map(id -> Map.of("user", id)).toList()))
                .post("/api/rooms/" + room + "/members/batch");
    }

    private String role(Person person) {
        return person.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.user.id == '" + person.id() + "' }.role");
    }

    private String member(Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }

    /** People who were here before. */
    private List<UUID> known(int count) throws SQLException {
        List<UUID> people = Stream.generate(UUID::randomUUID).limit(count).toList();
        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                var statement = connection.prepareStatement(
                        "insert into people (id, username, display_name) values (?, 'somebody', 'Somebody')")) {
            for (UUID person : people) {
                statement.setObject(1, person);
                statement.addBatch();
            }
            statement.executeBatch();
        }
        return people;
    }
}
