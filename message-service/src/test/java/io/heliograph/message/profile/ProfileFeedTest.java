package io.heliograph.message.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.PeerServices;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.ProfileFeedServer;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The synchronization of names from user-service (docs/adr/0021). */
@QuarkusTest
@TestProfile(PeerServices.class)
class ProfileFeedTest extends MessageServiceTest {

    /** Set by the test resources. */
    ProfileFeedServer feed;

    RedisServer redis;

    private final UUID id = UUID.randomUUID();
    private Person ada;
    private Person grace;
    private String room;

    @BeforeEach
    void talk() {
        ada = ada(1, "Ada");
        grace = person("grace");
        room = ada.creates("public");
        grace.joins(room);
        ada.sends(room, "hello").then().statusCode(201);
    }

    @AfterEach
    void heal() {
        feed.unavailable(false);
        redis.start();
    }

    @Test
    void shouldNameASenderByTheirTokenFromTheStart() {
        lastMessage()
                .body("items[0].sender.id", equalTo(id.toString()))
                .body("items[0].sender.username", equalTo("ada"))
                .body("items[0].sender.displayName", equalTo("Ada"))
                .body("items[0].sender.deleted", nullValue());
        person("nameless").joins(room);
        grace.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .body("items.find { it.user.username == 'nameless' }.user.displayName", equalTo("nameless"));
    }

    @Test
    void shouldShowANewNameEverywhere() {
        feed.publish(id, 2, "ada.l", "Ada Lovelace");

        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));

        lastMessage().body("items[0].sender.username", equalTo("ada.l"));
        grace.asks().get("/api/rooms").then().body("items[0].lastMessage.sender.displayName", equalTo("Ada Lovelace"));
        grace.asks()
                .get("/api/messages/sync")
                .then()
                .body("items[0].lastMessage.sender.displayName", equalTo("Ada Lovelace"));
        grace.asks()
                .get("/api/messages/search?q=hello")
                .then()
                .body("items[0].sender.displayName", equalTo("Ada Lovelace"));
        grace.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .body("items.user.displayName.contains('Ada Lovelace')", equalTo(true));
    }

    @Test
    void shouldPublishAProfileToSocketsThatJoinedARoomOfTheUser() {
        try (Socket joined = Socket.of(server(), grace.token());
                Socket elsewhere = Socket.of(server(), grace.token())) {
            joined.request(Map.of("type", "join", "room", room)).join();
            await().until(() -> frames(joined, "account").count() == 1);

            feed.publish(id, 2, "ada", "Ada Lovelace");

            await().until(() -> frames(joined, "profile").count() == 1);
            assertThat(frames(joined, "profile")
                            .map(frame -> frame.at("/user/displayName").asText()))
                    .containsExactly("Ada Lovelace");
            assertThat(frames(elsewhere, "profile")).isEmpty();
        }
    }

    @Test
    void shouldUseANewerNameThanThatOfTheTokenInLiveMessages() {
        feed.publish(id, 2, "ada", "Ada Lovelace");
        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));
        try (Socket reader = Socket.of(server(), grace.token());
                Socket writer = Socket.of(server(), ada.token())) {
            reader.request(Map.of("type", "join", "room", room)).join();

            ada.sends(room, "over REST").then().body("sender.displayName", equalTo("Ada Lovelace"));
            writer.request(Map.of("type", "send", "room", room, "clientId", "c", "content", "live"))
                    .join();

            await().until(() -> messages(reader).count() == 2);
            assertThat(messages(reader)
                            .map(frame -> frame.at("/sender/displayName").asText()))
                    .containsOnly("Ada Lovelace");
        }
    }

    @Test
    void shouldNotReplaceANewNameByThatOfAnOlderToken() {
        feed.publish(id, 2, "ada", "Ada Lovelace");
        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));

        ada.joins(room);
        lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace"));

        ada(3, "Ada King").joins(room);
        lastMessage().body("items[0].sender.displayName", equalTo("Ada King"));
    }

    @Test
    void shouldShowDeletedUsersWithoutTheirNames() {
        feed.publishDeleted(id, 2);

        await().untilAsserted(() -> lastMessage().body("items[0].sender.deleted", equalTo(true)));
        lastMessage()
                .body("items[0].content", equalTo("hello"))
                .body("items[0].sender.id", equalTo(id.toString()))
                .body("items[0].sender.username", equalTo("deleted"))
                .body("items[0].sender.displayName", equalTo("Deleted user"));
        ada.joins(room);
        lastMessage().body("items[0].sender.deleted", equalTo(true));
    }

    @Test
    void shouldMakeTheLongestMemberAnOwnerWhenTheOnlyOwnerIsDeleted() {
        Person later = person("later");
        later.joins(room);
        String shared = ada.creates("public");
        later.joins(shared);
        grace.joins(shared);
        ada.asks()
                .contentType("application/json")
                .body(Map.of("role", "owner"))
                .put("/api/rooms/" + shared + "/members/" + grace.id())
                .then()
                .statusCode(202);
        grace.joins(shared);

        feed.publishDeleted(id, 2);

        await().untilAsserted(() -> assertThat(role(room, grace)).isEqualTo("owner"));
        assertThat(role(room, later)).isEqualTo("member");
        assertThat(role(shared, later)).isEqualTo("member");
        grace.asks()
                .contentType("application/json")
                .body(Map.of("topic", "who acts now"))
                .patch("/api/rooms/" + room)
                .then()
                .statusCode(200);
    }

    @Test
    void shouldNotRespondNotModifiedAfterAChangedName() {
        String seen = grace.asks().get(history()).header("ETag");
        feed.publish(id, 2, "ada", "Ada Lovelace");

        await().untilAsserted(() ->
                grace.asks().header("If-None-Match", seen).get(history()).then().statusCode(200));
    }

    @Test
    void shouldReadManyPagesIncludingUnknownUsers() {
        int pages = 4;
        IntStream.range(0, pages * ProfileFeedServer.PAGE)
                .forEach(n -> feed.publish(UUID.randomUUID(), 5, "other" + n, "Other"));
        feed.publish(id, 2, "ada", "Ada Lovelace");

        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));
    }

    @Test
    void shouldCatchUpWhenUserServiceIsBack() {
        feed.unavailable(true);
        double failed = metric("heliograph_profile_feed_polls_total{outcome=\"failed\"");
        feed.publish(id, 2, "ada", "Ada Lovelace");
        await().until(() -> metric("heliograph_profile_feed_polls_total{outcome=\"failed\"") > failed + 1);
        ada.sends(room, "meanwhile").then().statusCode(201);
        lastMessage().body("items[0].sender.displayName", equalTo("Ada"));

        feed.unavailable(false);

        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));
    }

    @Test
    void shouldReadFromTheBeginningAfterARestoreOfUserService() {
        feed.publish(id, 2, "ada", "Ada Lovelace");
        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));

        feed.publish(UUID.randomUUID(), 2, "other", "Other");
        int before = feed.requestTimes().size();
        await().until(() -> feed.requestTimes().size() > before + 1);

        feed.reset();
        feed.publish(id, 3, "ada", "Ada King");

        // At a place that had been read before.
        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada King")));
    }

    @Test
    void shouldFollowWithoutRedis() {
        redis.kill();

        feed.publish(id, 2, "ada", "Ada Lovelace");

        await().untilAsserted(() -> lastMessage().body("items[0].sender.displayName", equalTo("Ada Lovelace")));
    }

    @Test
    void shouldPollLessOftenWhileUserServiceIsDown() {
        feed.unavailable(true);
        await().until(() -> metric("heliograph_profile_feed_polls_total{outcome=\"failed\"") > 0);
        int before = feed.requestTimes().size();

        await().until(() -> feed.requestTimes().size() >= before + 6);

        // After failures the delay has grown to its longest; a question is asked after the answer to the one before.
        List<Long> questions = feed.requestTimes();
        long last = questions.get(before + 5) - questions.get(before + 4);
        assertThat(Duration.ofNanos(last)).isGreaterThanOrEqualTo(ProfileFeedServer.LONGEST_DELAY);
    }

    private String role(String room, Person member) {
        return grace.asks()
                .get("/api/rooms/" + room + "/members")
                .then()
                .extract()
                .path("items.find { it.user.id == '%s' }.role".formatted(member.id()));
    }

    private Person ada(long version, String displayName) {
        String token = issuer.token(id, "ada", claims -> {
            claims.setStringClaim("name", displayName);
            claims.setClaim("profile_version", version);
        });
        return new Person(id, "ada", token);
    }

    private String history() {
        return "/api/rooms/" + room + "/messages?limit=1";
    }

    private ValidatableResponse lastMessage() {
        return grace.asks().get(history()).then().statusCode(200);
    }

    private static Stream<JsonNode> frames(Socket socket, String type) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals(type));
    }

    private static Stream<JsonNode> messages(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> frame.get("type").asText().equals("message"));
    }
}
