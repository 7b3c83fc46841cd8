package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class SearchTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;
    private String room;

    @BeforeEach
    void aRoomWithMessages() {
        ada = person("ada");
        room = ada.creates("private");
        ada.sends(room, "The sun is up").then().statusCode(201);
        ada.sends(room, "Send it by the SUN, Grace").then().statusCode(201);
        ada.sends(room, "Clouds over Édinburgh").then().statusCode(201);
    }

    @Test
    void shouldFindMessagesBeforeAndAfterIndexing() {
        found("sun").body("items.seq", contains(2, 1)).body("items[0].sender.username", equalTo("ada"));
        awaitIndexed();
        found("sun").body("items.seq", contains(2, 1));
        ada.sends(room, "No sun today").then().statusCode(201);
        found("sun").body("items.seq", contains(4, 2, 1));
    }

    @Test
    void shouldParseSearchesOfUsers() {
        awaitIndexed();
        found("sun grace").body("items.seq", contains(2));
        found("\"the sun\"").body("items.seq", contains(2, 1));
        found("\"sun the\"").body("items", empty());
        found("up or clouds").body("items.seq", contains(3, 1));
        found("sun -grace").body("items.seq", contains(1));
        found("édinburgh").body("items.seq", contains(3));
        found("sun & | ! <-> ) '").body("items.seq", contains(2, 1));
        found("nothing").body("items", empty());
    }

    @Test
    void shouldFindEditedContentAndNoDeletedMessages() {
        awaitIndexed();
        change(1, "The moon is up");
        ada.asks().delete(message(2)).then().statusCode(204);

        found("sun").body("items", empty());
        found("moon").body("items.seq", contains(1));
        awaitIndexed();
        found("sun").body("items", empty());
        found("moon").body("items.seq", contains(1));
    }

    @Test
    void shouldSearchOnlyRoomsOfTheCaller() {
        Person grace = person("grace");
        String open = grace.creates("public");
        grace.sends(open, "sun for everyone").then().statusCode(201);
        awaitIndexed();

        found("sun").body("items.room", contains(room, room));
        grace.asks().get("/api/messages/search?q=sun").then().body("items.room", contains(open));
        refused(grace.asks().get("/api/messages/search?q=sun&room=" + room), 404, "room_not_found");
        refused(ada.asks().get("/api/messages/search?q=sun&room=" + open), 403, "not_a_member");
        // The lexeme of a room in the index does not give access to it either.
        grace.asks()
                .queryParam("q", "\u0001" + room)
                .get("/api/messages/search")
                .then()
                .body("items", empty());

        ada.joins(open);
        found("sun").body("items.room", contains(open, room, room));
        ada.asks().get("/api/messages/search?q=sun&room=" + room).then().body("items.seq", contains(2, 1));
        ada.asks().delete("/api/rooms/" + open + "/members/" + ada.id()).then().statusCode(204);
        found("sun").body("items.room", contains(room, room));
    }

    @Test
    void shouldPageThroughResultsWithoutDuplicates() {
        // The messages of a batch have one time.
        ada.asks()
                .contentType("application/json")
                .body(Map.of(
                        "messages",
                        List.of(Map.of("content", "sun a"), Map.of("content", "sun b"), Map.of("content", "sun c"))))
                .post("/api/rooms/" + room + "/messages/batch")
                .then()
                .statusCode(201);

        List<Integer> seqs = new ArrayList<>();
        String next = "";
        while (next != null) {
            Response page = ada.asks()
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get("/api/messages/search?q=sun&limit=2");
            seqs.addAll(page.path("items.seq"));
            next = page.path("next");
        }
        assertThat(seqs).containsExactly(6, 5, 4, 2, 1);
    }

    @Test
    void shouldFindEachWordOfTheTableThroughTheIndex() {
        List<SearchExample> examples = SearchExample.all();
        List<String> texts =
                examples.stream().map(SearchExample::text).distinct().toList();
        String table = ada.creates("private");
        ada.sendsBatch(
                        table,
                        texts.stream().map(text -> Map.of("content", text)).toList())
                .then()
                .statusCode(201);

        for (SearchExample example : examples) {
            List<String> found = ada.asks()
                    .queryParam("q", example.query())
                    .queryParam("room", table)
                    .get("/api/messages/search")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("items.content");
            assertThat(found.contains(example.text())).as(example.toString()).isEqualTo(example.found());
        }
    }

    @Test
    void shouldFindAcrossRoomsInTheOrderOfTime() {
        String other = ada.creates("private");
        for (int i = 0; i < 6; i++) {
            ada.sends(i % 2 == 0 ? room : other, "alternating " + i).then().statusCode(201);
        }
        found("alternating")
                .body(
                        "items.content",
                        contains(
                                "alternating 5",
                                "alternating 4",
                                "alternating 3",
                                "alternating 2",
                                "alternating 1",
                                "alternating 0"));
    }

    @Test
    void shouldMatchAPhraseAfterManyRepetitions() {
        ada.sends(room, "na ".repeat(600) + "batman").then().statusCode(201);
        found("\"na batman\"").body("items.seq", contains(4));
        found("\"batman na\"").body("items", empty());
    }

    @Test
    void shouldNotDelaySendsWhileAUserSearchesContinuously() {
        Person grace = person("grace");
        String hers = grace.creates("private");
        List<CompletableFuture<Response>> searches = IntStream.range(0, 60)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> ada.asks().get("/api/messages/search?q=s"), task -> new Thread(task).start()))
                .toList();
        for (int i = 0; i < 10; i++) {
            grace.sends(hers, "on we go " + i).then().statusCode(201);
        }

        assertThat(searches).allSatisfy(search -> {
            if (search.join().statusCode() != 200) {
                refused(search.join(), 429, "too_many_at_once");
                assertThat(search.join().header("Retry-After")).isNotBlank();
            }
        });
        found("sun").body("items.seq", contains(2, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=5",
                "q=",
                "q=%20",
                "q=!!!",
                "q=-sun",
                "q=%00",
                "q=sun&room=nonsense",
                "q=sun&after=rubbish",
                "q=sun&after=AAAA",
                "q=sun&limit=0",
                "q=sun&limit=201"
            })
    void shouldRejectAnInvalidSearch(String query) {
        refused(ada.asks().urlEncodingEnabled(false).get("/api/messages/search?" + query), 400, "invalid_request");
    }

    @Test
    void shouldRejectALongSearch() {
        refused(ada.asks().get("/api/messages/search?q=" + "q".repeat(201)), 400, "invalid_request");
    }

    @Test
    void shouldFindNothingForAUserWithoutRooms() {
        person("eve")
                .asks()
                .get("/api/messages/search?q=sun")
                .then()
                .statusCode(200)
                .body("items", empty());
    }

    @Test
    void shouldRequireAToken() {
        refused(anonymous().get("/api/messages/search?q=sun"), 401, "unauthenticated");
        refused(ada.asks().get("/api/messages/search?q=sun&room=" + UUID.randomUUID()), 404, "room_not_found");
    }

    private ValidatableResponse found(String q) {
        return ada.asks().queryParam("q", q).get("/api/messages/search").then().statusCode(200);
    }

    private void change(int seq, String content) {
        ada.asks()
                .contentType("application/json")
                .body(Map.of("content", content))
                .patch(message(seq))
                .then()
                .statusCode(200);
    }

    private String message(int seq) {
        return "/api/rooms/" + room + "/messages/" + seq;
    }

    private void awaitIndexed() {
        await().until(() -> {
            try (var connection =
                            DriverManager.getConnection("jdbc:" + postgres.reactiveUrl(), PostgresServer.USER, "");
                    var statement = connection.createStatement();
                    var indexed = statement.executeQuery("""
                            select from message_service.rooms r join message_service.search_progress p on p.room_id = r.id
                            where r.id = '%s' and p.rev = r.last_rev
                            """.formatted(room))) {
                return indexed.next();
            }
        });
    }
}
