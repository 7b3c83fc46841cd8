package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.Plan;
import io.heliograph.testsupport.Json;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ownership of a room while members join and leave. */
@QuarkusTest
class OwnerTest extends MessageServiceTest {

    private static final int RACES = 40;

    /** Set by the test resource. */
    PostgresServer postgres;

    private final HttpClient http = HttpClient.newHttpClient();
    private Person ada;
    private Person grace;
    private Person edith;

    /** A room of their own makes people known here. */
    @BeforeEach
    void people() {
        ada = person("ada");
        grace = person("grace");
        edith = person("edith");
        grace.creates("private");
        edith.creates("private");
    }

    @Test
    void shouldMakeTheLongestMemberAnOwnerWhenTheOnlyOneLeaves() {
        String room = ada.creates("public");
        grace.joins(room);
        edith.joins(room);

        ada.asks().delete(member(room, ada)).then().statusCode(204);

        assertThat(role(room, grace)).isEqualTo("owner");
        assertThat(role(room, edith)).isEqualTo("member");
        renames(grace, room).then().statusCode(200);
    }

    @Test
    void shouldMakeNoNewOwnerWhileAnotherOneStays() {
        String room = ada.creates("public");
        grace.joins(room);
        edith.joins(room);
        gives(ada, room, edith, "owner");
        edith.joins(room);

        ada.asks().delete(member(room, ada)).then().statusCode(204);

        assertThat(role(room, grace)).isEqualTo("member");
        assertThat(role(room, edith)).isEqualTo("owner");
    }

    @Test
    void shouldMakeTheFirstMemberOfAnEmptyPublicRoomItsOwner() {
        String room = ada.creates("public");
        ada.asks().delete(member(room, ada)).then().statusCode(204);

        grace.joins(room);
        edith.joins(room);

        assertThat(role(room, grace)).isEqualTo("owner");
        assertThat(role(room, edith)).isEqualTo("member");
        renames(grace, room).then().statusCode(200);
    }

    @Test
    void shouldDeleteAPrivateRoomWithItsLastMember() throws SQLException {
        String room = ada.creates("private");
        ada.sends(room, "to be forgotten").then().statusCode(201);

        ada.asks().delete(member(room, ada)).then().statusCode(204);

        refused(ada.asks().get("/api/rooms/" + room), 404, "room_not_found");
        assertThat(stored(room)).isZero();
    }

    @Test
    void shouldNotLetTheOnlyOwnerBecomeAPlainMember() {
        String room = ada.creates("public");
        grace.joins(room);

        refused(gives(ada, room, ada, "member"), 409, "last_owner");
    }

    @Test
    void shouldLetAnAdminNameAnOwnerOfAnyRoom() {
        UUID id = UUID.randomUUID();
        String token = issuer.token(id, "root", claims -> claims.setStringListClaim("groups", List.of("admin")));
        Person root = new Person(id, "root", token);
        String room = ada.creates("private");
        ada.asks().put(member(room, grace)).then().statusCode(200);

        gives(root, room, grace, "owner").then().statusCode(200).body("role", equalTo("owner"));

        renames(grace, room).then().statusCode(200);
        gives(root, room, grace, "member").then().statusCode(200).body("role", equalTo("member"));
        refused(gives(root, UUID.randomUUID().toString(), grace, "owner"), 404, "room_not_found");
        refused(gives(edith, room, edith, "owner"), 404, "room_not_found");
    }

    @Test
    void shouldHaveAnOwnerWhenTheLastMemberLeavesAsAnotherJoins() {
        for (int i = 0; i < RACES; i++) {
            String room = ada.creates("public");
            CompletableFuture.allOf(call(ada, "DELETE", member(room, ada)), call(grace, "PUT", member(room, grace)))
                    .join();

            assertThat(role(room, grace)).isEqualTo("owner");
        }
    }

    @Test
    void shouldHaveAnOwnerWhenTwoOwnersLeaveAtOnce() {
        for (int i = 0; i < RACES; i++) {
            String room = ada.creates("public");
            grace.joins(room);
            gives(ada, room, grace, "owner");
            grace.joins(room);
            edith.joins(room);
            CompletableFuture.allOf(call(ada, "DELETE", member(room, ada)), call(grace, "DELETE", member(room, grace)))
                    .join();

            assertThat(role(room, edith)).isEqualTo("owner");
        }
    }

    @Test
    void shouldBeDeletedOrHaveAnOwnerWhenTheLastMemberLeavesDuringAnAddition() {
        for (int i = 0; i < RACES; i++) {
            String room = ada.creates("private");
            CompletableFuture.allOf(call(ada, "DELETE", member(room, ada)), call(ada, "PUT", member(room, grace)))
                    .join();

            Response left = grace.asks().get("/api/rooms/" + room);
            if (left.statusCode() == 200) {
                assertThat(role(room, grace)).isEqualTo("owner");
            } else {
                refused(left, 404, "room_not_found");
            }
        }
    }

    /** A deleted account may own many rooms with many members; only the first members of each are read. */
    @Test
    void shouldFindTheNextOwnerWithoutReadingAllMembers() throws Exception {
        assertThat(Plan.of(postgres, MemberRepository.GIVE_HEIRS, "enable_sort = off"))
                .contains("using members_by_joining")
                .doesNotContain("Seq Scan", "Sort");
    }

    private CompletableFuture<?> call(Person person, String method, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server() + path))
                .header("Authorization", "Bearer " + person.token())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static Response gives(Person owner, String room, Person member, String role) {
        return owner.asks()
                .contentType("application/json")
                .body(Json.write(Map.of("role", role)))
                .put(member(room, member));
    }

    private static Response renames(Person person, String room) {
        return person.asks()
                .contentType("application/json")
                .body(Map.of("name", "renamed"))
                .patch("/api/rooms/" + room);
    }

    private static String role(String room, Person member) {
        return member.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .statusCode(200)
                .extract()
                .path("items.find { it.user.id == '" + member.id() + "' }.role");
    }

    private long stored(String room) throws SQLException {
        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                var statement = connection.prepareStatement("select count(*) from rooms where id = ?::uuid")) {
            statement.setString(1, room);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        }
    }

    private static String member(String room, Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }
}
