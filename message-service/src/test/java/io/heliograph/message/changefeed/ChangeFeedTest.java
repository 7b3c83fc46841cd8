package io.heliograph.message.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.Json;
import io.heliograph.testsupport.Socket;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class ChangeFeedTest extends MessageServiceTest {

    private static final int MAX_WAITS = 100;

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** Set by the test resource. */
    RedisServer redis;

    private Person ada;
    private String room;

    @BeforeEach
    void createARoom() {
        ada = person("ada");
        room = ada.creates("public");
    }

    @AfterEach
    void expectThatNothingWaitsAnyMore() {
        awaitWaiting(0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 200})
    void shouldReturnTheReplayOfAJoinInPagesOfAnySize(int limit) {
        for (int i = 1; i <= 4; i++) {
            ada.sends(room, "message " + i).then().statusCode(201);
        }
        edit(1);
        ada.asks().delete(messages() + "/2").then().statusCode(204);
        ada.asks().put(messages() + "/3/reactions/👍").then().statusCode(200);

        List<JsonNode> items = new ArrayList<>();
        JsonNode page = page("after=0&since=0&limit=" + limit);
        page.get("items").forEach(items::add);
        while (!page.get("next").isNull()) {
            page = page("after=" + page.get("next").asLong() + "&since=0&limit=" + limit);
            page.get("items").forEach(items::add);
        }

        assertThat(items).isEqualTo(replayed(0));
        assertThat(items).extracting(item -> item.get("rev").asLong()).containsExactly(4L, 5L, 6L, 7L);
        assertThat(page.get("rev").asLong()).isEqualTo(7);
    }

    @Test
    void shouldReturnEditsAndDeletionsOfKnownMessages() {
        ada.sends(room, "first").then().statusCode(201);
        ada.sends(room, "second").then().statusCode(201);
        edit(1);
        ada.asks().delete(messages() + "/2").then().statusCode(204);

        ada.asks()
                .get(changes("after=2"))
                .then()
                .statusCode(200)
                .header("Cache-Control", containsString("private"))
                .body("items.type", contains("updated", "deleted"))
                .body("items.seq", contains(1, 2))
                .body("items[0].content", equalTo("edited"))
                .body("next", nullValue())
                .body("rev", equalTo(4));
    }

    @Test
    void shouldReachTheRevOfTheNewestMessage() {
        for (int i = 1; i <= 5; i++) {
            ada.sends(room, "message " + i).then().statusCode(201);

            ada.asks().get(changes("after=0")).then().body("rev", equalTo(i)).body("next", nullValue());
        }
    }

    @Test
    void shouldRejectNonMembersAndInvalidPositions() {
        String secret = ada.creates("private");
        Person eve = person("eve");

        refused(eve.asks().get("/api/rooms/" + secret + "/changes"), 404, "room_not_found");
        refused(eve.asks().get(changes("after=0&waitMs=25000")), 403, "not_a_member");
        refused(anonymous().get(changes("after=0")), 401, "unauthenticated");
        refused(ada.asks().get(changes("after=1")), 400, "after_beyond_end");
        for (String query :
                List.of("after=-1", "after=x", "limit=0", "limit=201", "waitMs=-1", "waitMs=25001", "since=1")) {
            refused(ada.asks().get(changes(query)), 400, "invalid_request");
        }
    }

    @Test
    void shouldBeEmptyAfterTheTimeout() {
        ada.asks()
                .get(changes("after=0&waitMs=1"))
                .then()
                .statusCode(200)
                .body("items", empty())
                .body("next", nullValue())
                .body("rev", equalTo(0));
    }

    @Test
    void shouldRespondOnceThereIsAChange() {
        ada.sends(room, "old").then().statusCode(201);
        CompletableFuture<HttpResponse<String>> first = poll(ada, "after=1&waitMs=25000");
        CompletableFuture<HttpResponse<String>> second = poll(ada, "after=1&waitMs=25000");
        awaitWaiting(2);

        ada.sends(room, "new").then().statusCode(201);

        for (CompletableFuture<HttpResponse<String>> each : List.of(first, second)) {
            assertThat(Json.parse(each.join().body()).at("/items/0/content").asText())
                    .isEqualTo("new");
        }
        CompletableFuture<HttpResponse<String>> third = poll(ada, "after=2&waitMs=25000");
        awaitWaiting(1);
        edit(1);
        assertThat(Json.parse(third.join().body()).at("/items/0/type").asText()).isEqualTo("updated");
    }

    @Test
    void shouldRespondAtOnceIfThereIsAChange() {
        ada.sends(room, "old").then().statusCode(201);

        ada.asks().get(changes("after=0&waitMs=25000")).then().body("items.content", contains("old"));
    }

    @Test
    void shouldRejectAMemberWhoIsRemovedWhileWaiting() {
        Person grace = person("grace");
        grace.joins(room);
        CompletableFuture<HttpResponse<String>> removed = poll(grace, "after=0&waitMs=25000");
        CompletableFuture<HttpResponse<String>> stays = poll(ada, "after=0&waitMs=25000");
        awaitWaiting(2);

        ada.asks()
                .delete("/api/rooms/" + room + "/members/" + grace.id())
                .then()
                .statusCode(204);

        assertRefused(removed, 403, "not_a_member");
        assertThat(stays).isNotDone();
        ada.asks().delete("/api/rooms/" + room).then().statusCode(204);
        assertRefused(stays, 404, "room_not_found");
    }

    @Test
    void shouldRejectATokenThatIsRevokedWhileWaiting() {
        CompletableFuture<HttpResponse<String>> waiting = poll(ada, "after=0&waitMs=25000");
        awaitWaiting(1);
        String revoked = "user:" + ada.id();

        redis.execute("ZADD heliograph:revocations " + System.currentTimeMillis() + " " + revoked);
        redis.execute("PUBLISH heliograph:revocations " + revoked);

        assertRefused(waiting, 401, "token_revoked");
    }

    @Test
    void shouldReleaseAWaitWhenTheClientDisconnects() throws Exception {
        try (java.net.Socket client = new java.net.Socket("localhost", server().getPort())) {
            client.getOutputStream()
                    .write(("GET " + changes("after=0&waitMs=25000") + " HTTP/1.1\r\nHost: localhost\r\n"
                                    + "Authorization: Bearer " + ada.token() + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            awaitWaiting(1);
        }
        awaitWaiting(0);
    }

    @Test
    void shouldLimitConcurrentWaitsPerUser() {
        List<CompletableFuture<HttpResponse<String>>> waiting = new ArrayList<>();
        for (int i = 0; i < MAX_WAITS; i++) {
            waiting.add(poll(ada, "after=0&waitMs=25000"));
        }
        awaitWaiting(MAX_WAITS);

        refused(ada.asks().get(changes("after=0&waitMs=25000")), 429, "too_many_waits");
        ada.asks().get(changes("after=0")).then().statusCode(200);
        Person grace = person("grace");
        grace.joins(room);
        waiting.add(poll(grace, "after=0&waitMs=25000"));
        awaitWaiting(MAX_WAITS + 1);

        ada.sends(room, "go on").then().statusCode(201);
        assertThat(waiting)
                .allSatisfy(each -> assertThat(each.join().statusCode()).isEqualTo(200));
    }

    private List<JsonNode> replayed(long after) {
        UUID id = UUID.fromString(room);
        try (Socket socket = Socket.of(server(), ada.token())) {
            socket.join(id, after);
            await().until(() -> changesOf(socket).size() == 4);
            return changesOf(socket);
        }
    }

    private static List<JsonNode> changesOf(Socket socket) {
        return socket.frames().stream()
                .filter(frame -> List.of("message", "updated", "deleted")
                        .contains(frame.get("type").asText()))
                .toList();
    }

    private void edit(int seq) {
        ada.asks()
                .contentType("application/json")
                .body(Map.of("content", "edited"))
                .patch(messages() + "/" + seq)
                .then()
                .statusCode(200);
    }

    private JsonNode page(String query) {
        return Json.parse(
                ada.asks().get(changes(query)).then().statusCode(200).extract().asString());
    }

    private CompletableFuture<HttpResponse<String>> poll(Person person, String query) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server() + changes(query)))
                .header("Authorization", "Bearer " + person.token())
                .build();
        return http.sendAsync(request, BodyHandlers.ofString());
    }

    private static void assertRefused(CompletableFuture<HttpResponse<String>> answer, int status, String code) {
        assertThat(answer.join().statusCode()).isEqualTo(status);
        assertThat(Json.parse(answer.join().body()).get("code").asText()).isEqualTo(code);
    }

    private void awaitWaiting(int count) {
        await().untilAsserted(() ->
                assertThat(metric("heliograph_change_feed_waiting")).isEqualTo(count));
    }

    private String messages() {
        return "/api/rooms/" + room + "/messages";
    }

    private String changes(String query) {
        return "/api/rooms/" + room + "/changes?" + query;
    }
}
