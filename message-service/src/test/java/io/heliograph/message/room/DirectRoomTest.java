package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The one room of two people. */
@QuarkusTest
class DirectRoomTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;
    private Person grace;

    @BeforeEach
    void twoPeople() {
        ada = person("ada");
        ada.creates("private");
        grace = person("grace");
        grace.creates("private");
    }

    @Test
    void shouldBeTheSameForBothUsersOnRepeatedRequests() {
        String room = opens(ada, grace)
                .then()
                .statusCode(201)
                .body("kind", equalTo("direct"))
                .body("visibility", equalTo("private"))
                .body("name", nullValue())
                .body(
                        "members",
                        containsInAnyOrder(ada.id().toString(), grace.id().toString()))
                .extract()
                .path("id");

        opens(ada, grace).then().statusCode(200).body("id", equalTo(room));
        opens(grace, ada).then().statusCode(200).body("id", equalTo(room));
        open(grace, List.of(grace.id(), ada.id())).then().statusCode(200).body("id", equalTo(room));
        ada.sends(room, "hello").then().statusCode(201);
        grace.sends(room, "hello back").then().statusCode(201);
        grace.asks().get("/api/rooms/" + room + "/members").then().body("items.role", contains("member", "member"));
    }

    @Test
    void shouldNameTheOtherUserInTheListOfEach() {
        String room = id(opens(ada, grace));

        for (String list : List.of("/api/rooms", "/api/messages/sync")) {
            String item = "items.find { it.id == '" + room + "' }";
            ada.asks()
                    .get(list)
                    .then()
                    .body(item + ".kind", equalTo("direct"))
                    .body(item + ".with.username", equalTo("grace"));
            grace.asks()
                    .get(list)
                    .then()
                    .body(item + ".with.id", equalTo(ada.id().toString()));
            ada.asks()
                    .get(list)
                    .then()
                    .body("items.find { it.name == 'a room' }.kind", equalTo("group"))
                    .body("items.find { it.name == 'a room' }", not(hasKey("with")))
                    .body("items.find { it.name == 'a room' }", not(hasKey("members")));
        }
    }

    @Test
    void shouldBeMadeOnceForConcurrentRequests() {
        List<Response> answers = IntStream.range(0, 32)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> n % 2 == 0 ? opens(ada, grace) : opens(grace, ada)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        assertThat(answers.stream().map(DirectRoomTest::id).distinct()).hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .hasSize(1);
        assertThat(answers.stream().map(Response::statusCode)).containsOnly(200, 201);
    }

    @Test
    void shouldWaitForAnotherReplicaThatMakesTheSameRoom() throws Exception {
        UUID made = UUID.randomUUID();
        try (Connection other = connect()) {
            other.setAutoCommit(false);
            insert(other, made);
            CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> opens(ada, grace));
            assertThatThrownBy(() -> answer.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
            other.commit();

            answer.join().then().statusCode(200).body("id", equalTo(made.toString()));
        }
        grace.sends(made.toString(), "both are in it").then().statusCode(201);
    }

    @Test
    void shouldBeMadeWhenAnotherReplicaRollsBack() throws Exception {
        UUID lost = UUID.randomUUID();
        try (Connection other = connect()) {
            other.setAutoCommit(false);
            insert(other, lost);
            CompletableFuture<Response> answer = CompletableFuture.supplyAsync(() -> opens(ada, grace));
            other.rollback();

            answer.join().then().statusCode(201).body("id", not(equalTo(lost.toString())));
        }
    }

    @Test
    void shouldHaveNoOwnerNameVisibilityOrFurtherMembers() {
        String room = id(opens(ada, grace));
        Person edith = person("edith");
        edith.creates("private");
        Person backend = person("backend", "integrator");
        Person admin = person("admin", "admin");

        refused(ada.asks().delete("/api/rooms/" + room), 403, "not_an_owner");
        refused(change(ada, room, Map.of("visibility", "public")), 403, "not_an_owner");
        refused(change(ada, room, Map.of("name", "ours")), 403, "not_an_owner");
        refused(put(ada, room, edith, Map.of()), 403, "not_an_owner");
        refused(put(backend, room, edith, Map.of()), 403, "not_an_owner");
        refused(put(ada, room, ada, Map.of("role", "owner")), 403, "not_an_owner");
        refused(put(admin, room, admin, Map.of("role", "owner")), 404, "room_not_found");
        refused(put(backend, room, backend, Map.of()), 404, "room_not_found");
        refused(ada.asks().delete("/api/rooms/" + room + "/members/" + grace.id()), 403, "not_an_owner");
        refused(ada.asks().post("/api/rooms/" + room + "/exports"), 403, "not_an_owner");
        grace.sends(room, "mine");
        refused(ada.asks().delete("/api/rooms/" + room + "/messages/1"), 403, "not_the_sender");
        refused(edith.asks().get("/api/rooms/" + room), 404, "room_not_found");
    }

    @Test
    void shouldComeBackToTheSameRoomWithItsHistory() {
        String room = id(opens(ada, grace));
        grace.sends(room, "before");
        leaves(ada, room);
        grace.sends(room, "while away").then().statusCode(201);
        refused(ada.asks().get("/api/rooms/" + room + "/messages"), 404, "room_not_found");

        opens(ada, grace).then().statusCode(200).body("id", equalTo(room));

        ada.asks()
                .get("/api/rooms/" + room + "/messages")
                .then()
                .body("items.content", contains("while away", "before"));
        ada.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .body("items", hasSize(2))
                .body("items.role", contains("member", "member"));
    }

    @Test
    void shouldInviteAUserWhoLeft() {
        String room = id(opens(ada, grace));
        leaves(grace, room);

        opens(ada, grace).then().statusCode(200).body("id", equalTo(room));

        ada.asks().get("/api/rooms/" + room + "/members").then().body("items", hasSize(1));
        grace.asks()
                .get("/api/rooms/invitations")
                .then()
                .body("items.room.id", contains(room))
                .body("items.room.kind", contains("direct"))
                .body("items.role", contains("member"));
        opens(grace, ada).then().statusCode(200).body("id", equalTo(room));
        grace.asks().get("/api/rooms/invitations").then().body("items", empty());
        grace.sends(room, "back").then().statusCode(201);
    }

    @Test
    void shouldBeDeletedWhenBothHaveLeft() {
        String room = id(opens(ada, grace));
        leaves(ada, room);
        leaves(grace, room);

        opens(grace, ada).then().statusCode(201).body("id", not(equalTo(room)));
    }

    @Test
    void shouldNotBeMadeWithAUserWhoBlocksTheCaller() {
        blocks(grace, ada);
        refused(opens(ada, grace), 403, "blocked");

        String room = id(opens(grace, ada));
        refused(ada.sends(room, "no"), 403, "blocked");
        grace.sends(room, "yes").then().statusCode(201);
        opens(ada, grace).then().statusCode(200).body("id", equalTo(room));
        leaves(grace, room);
        opens(ada, grace).then().statusCode(200).body("id", equalTo(room));
        grace.asks().get("/api/rooms/invitations").then().body("items", empty());
    }

    @Test
    void shouldBeMadeByAnIntegratorForTwoOthers() {
        Person backend = person("backend", "integrator");

        String room = open(backend, List.of(ada.id(), grace.id()))
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        opens(grace, ada).then().statusCode(200).body("id", equalTo(room));
        refused(backend.asks().get("/api/rooms/" + room), 404, "room_not_found");
        refused(open(person("edith"), List.of(ada.id(), grace.id())), 403, "forbidden");
    }

    @Test
    void shouldRejectInvalidDirectRooms() {
        refused(open(ada, List.of()), 400, "invalid_request");
        refused(open(ada, List.of(ada.id())), 400, "invalid_request");
        refused(open(ada, List.of(ada.id(), grace.id(), UUID.randomUUID())), 400, "invalid_request");
        for (Map<String, Object> more : List.<Map<String, Object>>of(
                Map.of("name", "a name"),
                Map.of("topic", "a topic"),
                Map.of("visibility", "public"),
                Map.of("owner", ada.id()))) {
            Response refusal = create(ada, Map.of("kind", "direct", "members", List.of(grace.id())), more);
            refused(refusal, 400, "invalid_request");
            refusal.then()
                    .body("errors.field", contains(more.keySet().iterator().next()));
        }
    }

    private static Response opens(Person person, Person other) {
        return open(person, List.of(other.id()));
    }

    private static Response open(Person person, List<UUID> members) {
        return create(person, Map.of("kind", "direct"), Map.of("members", members));
    }

    private static Response create(Person person, Map<String, Object> some, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(some);
        body.putAll(more);
        return person.asks().contentType("application/json").body(body).post("/api/rooms");
    }

    private static String id(Response room) {
        return room.jsonPath().getString("id");
    }

    private static Response change(Person person, String room, Map<String, Object> patch) {
        return person.asks().contentType("application/json").body(patch).patch("/api/rooms/" + room);
    }

    private static Response put(Person person, String room, Person member, Map<String, Object> body) {
        return person.asks()
                .contentType("application/json")
                .body(body)
                .put("/api/rooms/" + room + "/members/" + member.id());
    }

    private static void leaves(Person person, String room) {
        person.asks()
                .delete("/api/rooms/" + room + "/members/" + person.id())
                .then()
                .statusCode(204);
    }

    private static void blocks(Person person, Person other) {
        person.asks().put("/api/rooms/blocks/" + other.id()).then().statusCode(204);
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service", PostgresServer.USER, "");
    }

    private void insert(Connection connection, UUID id) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into rooms (id, visibility, direct)
                values (?, 'private', (select array_agg(v order by v) from unnest(array[?, ?]::uuid[]) as t(v)))
                """)) {
            insert.setObject(1, id);
            insert.setObject(2, ada.id());
            insert.setObject(3, grace.id());
            insert.executeUpdate();
        }
    }
}
