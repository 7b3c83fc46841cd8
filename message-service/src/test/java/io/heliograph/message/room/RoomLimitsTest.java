package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Limits of rooms per user, with bounds that a test can reach. */
@QuarkusTest
class RoomLimitsTest extends MessageServiceTest {

    @Inject
    SettableRoomConfig config;

    private Person ada;
    private Person grace;

    @BeforeEach
    void peopleAndBounds() {
        config.set("maxOwned", 3);
        config.set("maxMemberships", 5);
        config.set("joinsPerMinute", 10);
        config.set("addsPerMinute", 4);
        ada = person("ada");
        grace = person("grace");
    }

    @AfterEach
    void reset() {
        config.reset();
    }

    @Test
    void shouldBoundTheRoomsOfAnOwner() {
        String first = ada.creates("public");
        ada.creates("private");
        ada.creates("private");

        refused(creates(ada), 409, "too_many_rooms");
        ada.asks().delete("/api/rooms/" + first).then().statusCode(204);
        creates(ada).then().statusCode(201);
    }

    @Test
    void shouldBoundTheRoomsOfAnOwnerForConcurrentRequests() {
        long made = IntStream.range(0, 12)
                .parallel()
                .filter(i -> creates(ada).statusCode() == 201)
                .count();

        assertThat(made).isEqualTo(3);
    }

    @Test
    void shouldBoundTheRoomsOfAMember() {
        List<String> rooms = publicRooms(6);
        rooms.subList(0, 5).forEach(ada::joins);

        refused(ada.asks().put(member(rooms.get(5), ada)), 409, "too_many_rooms");
        ada.joins(rooms.get(0));
        ada.asks().delete(member(rooms.get(0), ada)).then().statusCode(204);
        ada.joins(rooms.get(5));
    }

    @Test
    void shouldNotAddAUserOverTheBoundOfRooms() {
        publicRooms(5).forEach(ada::joins);

        refused(grace.asks().put(member(grace.creates("private"), ada)), 409, "too_many_rooms");
    }

    @Test
    void shouldBoundTheRateOfJoinsPerUser() {
        String room = grace.creates("public");
        for (int i = 0; i < 6; i++) {
            ada.joins(room);
            ada.joins(room);
            ada.asks().delete(member(room, ada)).then().statusCode(204);
        }

        Response refused = await().until(() -> joinsAndLeaves(room), answer -> answer.statusCode() == 429);

        refused(refused, 429, "rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 7);
    }

    @Test
    void shouldBoundTheRateOfAdditionsPerUser() {
        String room = grace.creates("private");
        ada.creates("private");
        Response refused =
                await().until(() -> grace.asks().put(member(room, ada)), answer -> answer.statusCode() == 429);

        refused(refused, 429, "rate_limited");
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 16);
    }

    private Response joinsAndLeaves(String room) {
        Response joined = ada.asks().put(member(room, ada));
        ada.asks().delete(member(room, ada));
        return joined;
    }

    private List<String> publicRooms(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> person("owner" + i).creates("public"))
                .toList();
    }

    private static Response creates(Person person) {
        return person.asks()
                .contentType("application/json")
                .body(Map.of("name", "another room", "visibility", "private"))
                .post("/api/rooms");
    }

    private static String member(String room, Person person) {
        return "/api/rooms/" + room + "/members/" + person.id();
    }
}
