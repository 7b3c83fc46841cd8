package io.heliograph.message.presence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.Retry;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.vertx.redis.client.Redis;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(PeerServices.class)
class PresenceTest extends MessageServiceTest {

    private static final int MAX_NOTIFIED = 4;

    /** So that a test need not wait for half a minute; the others keep what others have stored for as long as they run. */
    private static final Duration SOON = Duration.ofSeconds(2);

    /** Set by the test resource. */
    RedisServer redisServer;

    @Inject
    Redis redis;

    @Inject
    PresenceStore store;

    @Inject
    SettablePresenceConfig config;

    private final Person ada = new Person(UUID.randomUUID(), "ada", null);
    private final List<Socket> sockets = new ArrayList<>();
    private OtherReplica other;
    private Person owner;
    private Person grace;
    private UUID room;

    @BeforeEach
    void openARoom() {
        config.set("expiry", Duration.ofMinutes(10));
        config.set("linger", Duration.ofMillis(500));
        config.set("maxNotified", MAX_NOTIFIED);
        other = new OtherReplica(redis, store);
        owner = person("owner");
        grace = person("grace");
        room = UUID.fromString(owner.creates("public"));
        grace.joins(room.toString());
    }

    @AfterEach
    void leaveNothingBehind() {
        redisServer.start();
        sockets.forEach(Socket::close);
        await().untilAsserted(() -> assertThat(anonymous().get(metrics()).asString())
                .contains("heliograph_presence_rooms 0.0")
                .contains("heliograph_presence_users 0.0")
                .contains("heliograph_delivery_rooms 0.0"));
        config.reset();
    }

    @Test
    void shouldPublishPresenceToOtherMembers() {
        Socket mine = socket(owner);
        assertThat(mine.join(room).get("online").asInt()).isEqualTo(1);
        Socket hers = socket(grace);
        assertThat(hers.join(room).get("online").asInt()).isEqualTo(2);

        await().until(() -> presence(mine).size() == 1);
        assertPresence(presence(mine).get(0), grace, "online", 2);

        hers.close();

        await().until(() -> presence(mine).size() == 2);
        assertPresence(presence(mine).get(1), grace, "offline", 1);
        assertThat(presence(hers)).isEmpty();
        online(owner).body("online", equalTo(1));
    }

    @Test
    void shouldCountTwoSocketsOfOneUserOnce() {
        Socket mine = socket(owner);
        mine.join(room);
        Socket first = socket(grace);
        first.join(room);
        Socket second = socket(grace);
        assertThat(second.join(room).get("online").asInt()).isEqualTo(2);
        // A repeated join is no second presence either.
        assertThat(second.join(room).get("online").asInt()).isEqualTo(2);

        first.close();
        second.request(Map.of("type", "leave", "room", room)).join();

        await().until(() -> presence(mine).size() == 2);
        assertPresence(presence(mine).get(0), grace, "online", 2);
        assertPresence(presence(mine).get(1), grace, "offline", 1);
    }

    @Test
    void shouldPublishAReadMarkOnlyToItsUserInALargeRoom() {
        config.set("maxNotified", 0);
        owner.sends(room.toString(), "one").then().statusCode(201);
        Socket mine = socket(owner);
        mine.join(room);
        Socket hers = socket(grace);
        hers.join(room);
        await().until(() -> frames(hers, "account").size() == 1);

        grace.reads(room.toString(), 1).then().statusCode(200);

        await().until(() -> frames(hers, "read").size() == 1);
        owner.sends(room.toString(), "two").then().statusCode(201);
        await().until(() -> mine.messages(room).size() == 1);
        assertThat(frames(mine, "read")).isEmpty();
    }

    @Test
    void shouldNotPublishAReconnect() {
        Person linus = person("linus");
        linus.joins(room.toString());
        Retry.withMoreTime(Duration.ofSeconds(1), linger -> reconnectsWithoutEvents(linus, linger));
    }

    /** Whether the client reconnected within the grace period. */
    private boolean reconnectsWithoutEvents(Person linus, Duration linger) {
        config.set("linger", linger);
        Socket mine = socket(owner);
        mine.join(room);
        Socket before = socket(grace);
        before.join(room);
        long left = System.nanoTime();
        before.close();
        Socket after = socket(grace);
        int online = after.join(room).get("online").asInt();
        boolean inTime = System.nanoTime() - left < linger.toNanos();

        Socket observer = socket(linus);
        observer.join(room);
        observer.close();
        await().until(() -> presence(mine).stream()
                .anyMatch(frame -> frame.at("/user/username").asText().equals("linus")
                        && frame.get("state").asText().equals("offline")));
        List<String> published = presence(mine).stream()
                .map(frame -> frame.at("/user/username").asText())
                .toList();
        mine.close();
        after.close();
        if (inTime) {
            assertThat(online).isEqualTo(2);
            assertThat(published).containsExactly("grace", "linus", "linus");
        }
        return inTime;
    }

    @Test
    void shouldListOnlineUsersToMembersOnly() {
        socket(owner).join(room);
        socket(grace).join(room);

        online(grace)
                .body("online", equalTo(2))
                .body(
                        "items.user.id",
                        hasItems(owner.id().toString(), grace.id().toString()))
                .body("items.user.username", hasItems("owner", "grace"))
                .body("items[0].since", notNullValue())
                .body("next", equalTo(null));
        String next = owner.asks()
                .get("/api/rooms/" + room + "/presence?limit=1")
                .then()
                .body("items", hasSize(1))
                .body("online", equalTo(2))
                .extract()
                .path("next");
        owner.asks()
                .get("/api/rooms/" + room + "/presence?limit=1&after=" + next)
                .then()
                .body("items", hasSize(1))
                .body("next", equalTo(null));

        Person eve = person("eve");
        refused(eve.asks().get("/api/rooms/" + room + "/presence"), 403, "not_a_member");
        refused(eve.asks().get("/api/rooms/" + owner.creates("private") + "/presence"), 404, "room_not_found");
        refused(anonymous().get("/api/rooms/" + room + "/presence"), 401, "unauthenticated");
        refused(owner.asks().get("/api/rooms/" + room + "/presence?limit=201"), 400, "invalid_request");
        refused(owner.asks().get("/api/rooms/" + room + "/presence?after=nonsense"), 400, "invalid_request");
    }

    @Test
    void shouldCountUsersOnOtherReplicas() {
        other.stores(room, ada);

        online(owner).body("online", equalTo(1)).body("items[0].user.username", equalTo("ada"));
        Socket mine = socket(owner);
        assertThat(mine.join(room).get("online").asInt()).isEqualTo(2);
    }

    @Test
    void shouldShowInASyncHowManyUsersAreOnlineInEachRoom() {
        String unheard = owner.creates("private");
        String empty = owner.creates("private");
        other.stores(UUID.fromString(unheard), ada);
        other.stores(room, ada);
        socket(grace).join(room);

        picture().body("items.id", contains(room.toString(), unheard, empty)).body("items.online", contains(2, 1, 0));

        redisServer.stop();

        picture().body("items.online[0]", greaterThanOrEqualTo(1)).body("items.online[1]", equalTo(0));
        redisServer.start();
        await().untilAsserted(() -> {
            other.stores(UUID.fromString(unheard), ada);
            picture().body("items.online[1]", equalTo(1));
        });
    }

    @Test
    void shouldPublishPresenceFromAnotherReplica() {
        Socket mine = socket(owner);
        mine.join(room);

        other.publishesEvent(room, ada, true);
        await().until(() -> presence(mine).size() == 1);
        assertPresence(presence(mine).get(0), ada, "online", 2);

        other.publishesEvent(room, ada, false);
        await().until(() -> presence(mine).size() == 2);
        assertPresence(presence(mine).get(1), ada, "offline", 1);
    }

    @Test
    void shouldPublishPresenceToOtherReplicas() {
        List<String> lines = other.lines(room);
        Socket hers = socket(grace);
        hers.join(room);
        await().until(() -> moves(lines).size() == 1);

        hers.close();

        await().until(() -> moves(lines).size() == 2);
        assertThat(moves(lines).get(0)).startsWith("+").contains(grace.id().toString());
        assertThat(moves(lines).get(1)).isEqualTo("-" + moves(lines).get(0).substring(1));
    }

    @Test
    void shouldPublishThatUsersOfADeadReplicaAreOffline() {
        config.set("expiry", SOON);
        other.stores(room, ada);
        Socket mine = socket(owner);
        assertThat(mine.join(room).get("online").asInt()).isEqualTo(2);

        // Nothing renews it any more.
        await().until(() -> presence(mine).size() == 1);

        assertPresence(presence(mine).get(0), ada, "offline", 1);
    }

    @Test
    void shouldFindPresenceThatNoEventAnnounced() {
        Socket mine = socket(owner);
        mine.join(room);

        other.stores(room, ada);

        await().until(() -> presence(mine).size() >= 1);
        assertPresence(presence(mine).get(0), ada, "online", 2);
    }

    @Test
    void shouldCountItsOwnUsersWithoutRedisAndRecoverAfterwards() {
        config.set("expiry", SOON);
        other.stores(room, ada);
        Socket mine = socket(owner);
        mine.join(room);

        redisServer.stop();

        assertThat(socket(grace).join(room).get("online").asInt()).isBetween(2, 3);
        await().until(() -> presence(mine).stream()
                .anyMatch(frame -> frame.at("/user/username").asText().equals("ada")));
        assertPresence(presence(mine).get(presence(mine).size() - 1), ada, "offline", 2);
        online(owner).body("online", equalTo(2));
        mine.send(room, "c", "all the rest works");
        await().until(() -> mine.messages(room).size() == 1);
        int before = presence(mine).size();

        redisServer.start();

        await().untilAsserted(() -> {
            other.stores(room, ada);
            assertThat(presence(mine)).hasSizeGreaterThan(before);
        });
        assertPresence(presence(mine).get(before), ada, "online", 3);
    }

    @Test
    void shouldPublishOnlyTheCountInALargeRoom() {
        Socket mine = socket(owner);
        mine.join(room);
        List<Person> crowd = new ArrayList<>();
        for (int i = 1; i <= MAX_NOTIFIED; i++) {
            Person each = person("one of " + MAX_NOTIFIED);
            each.joins(room.toString());
            crowd.add(each);
            assertThat(socket(each).join(room).get("online").asInt()).isEqualTo(i + 1);
        }
        Socket last = sockets.get(sockets.size() - 1);
        last.sendFrame(Map.of("type", "typing", "room", room));

        last.send(room, "c", "sent to everyone");

        await().until(() -> mine.messages(room).size() == 1);
        assertThat(presence(mine)).hasSize(MAX_NOTIFIED - 1);
        assertThat(frames(mine, "typing")).isEmpty();
        online(owner).body("online", equalTo(MAX_NOTIFIED + 1));
    }

    @Test
    void shouldForwardTypingBetweenReplicas() {
        List<String> lines = other.lines(room);
        Socket mine = socket(owner);
        mine.join(room);

        mine.sendFrame(Map.of("type", "typing", "room", room));
        await().until(() -> lines.stream()
                .anyMatch(payload -> payload.contains("\nephemeral " + owner.id() + " {\"type\":\"typing\"")));

        other.publishes(room, "ephemeral " + owner.id() + " {\"type\":\"typing\",\"not for\":\"its author\"}");
        other.publishes(room, "tomorrow of a kind that comes with the next version");
        other.publishes(room, "ephemeral - {\"type\":\"read\",\"seq\":7}");
        await().until(() -> frames(mine, "read").size() == 1);
        assertThat(frames(mine, "typing")).isEmpty();
    }

    @Test
    void shouldForwardRemovalsBetweenReplicas() {
        List<String> lines = other.lines(room);
        Socket mine = socket(owner);
        mine.join(room);
        Socket hers = socket(grace);
        hers.join(room);

        other.publishes(room, "unsubscribe " + grace.id());

        await().until(() -> frames(hers, "left").size() == 1);
        assertThat(frames(mine, "left")).isEmpty();
        hers.join(room);
        owner.asks()
                .delete("/api/rooms/" + room + "/members/" + grace.id())
                .then()
                .statusCode(204);
        await().until(() -> lines.stream().anyMatch(payload -> payload.endsWith("\nunsubscribe " + grace.id() + "\n")));

        other.publishes(room, "unsubscribe -");

        await().until(() -> frames(mine, "left").size() == 1);
    }

    private Socket socket(Person person) {
        Socket socket = Socket.of(server(), person.token());
        sockets.add(socket);
        return socket;
    }

    private ValidatableResponse online(Person reader) {
        return reader.asks().get("/api/rooms/" + room + "/presence").then().statusCode(200);
    }

    private ValidatableResponse picture() {
        return owner.asks().get("/api/messages/sync").then().statusCode(200);
    }

    private static List<JsonNode> presence(Socket socket) {
        return frames(socket, "presence");
    }

    private static List<JsonNode> frames(Socket socket, String type) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type))
                .toList();
    }

    private static List<String> moves(List<String> lines) {
        return lines.stream()
                .filter(payload -> payload.contains("\npresence "))
                .map(payload ->
                        payload.substring(payload.indexOf("presence ") + 9).trim())
                .toList();
    }

    private static void assertPresence(JsonNode frame, Person user, String state, int online) {
        assertThat(frame.at("/user/id").asText()).isEqualTo(user.id().toString());
        assertThat(frame.at("/user/username").asText()).isEqualTo(user.username());
        assertThat(frame.get("state").asText()).isEqualTo(state);
        assertThat(frame.get("online").asInt()).isEqualTo(online);
    }
}
