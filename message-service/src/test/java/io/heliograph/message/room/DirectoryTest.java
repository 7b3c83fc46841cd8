package io.heliograph.message.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.message.testsupport.Plan;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DirectoryTest extends MessageServiceTest {

    /** Set by the test resource. */
    PostgresServer postgres;

    private Person ada;
    private Person eve;
    private String prefix;

    @BeforeEach
    void rooms() {
        ada = person("ada");
        eve = person("eve");
        // Rooms of other tests are in the same directory.
        prefix = UUID.randomUUID().toString();
        ada.createsPublic(prefix + " Sunlight");
        ada.createsPublic(prefix + " sunrise");
        ada.createsPublic(prefix + " Éclair");
        ada.createsPublic(prefix + " 100%_sure");
    }

    @Test
    void shouldListPublicRoomsByNameToAnySignedInUser() {
        directory(prefix)
                .then()
                .statusCode(200)
                .body(
                        "items.name",
                        contains(prefix + " 100%_sure", prefix + " Éclair", prefix + " Sunlight", prefix + " sunrise"))
                .body("next", nullValue());
    }

    @Test
    void shouldFindTheBeginningOfAnyWordInAnyCase() {
        ada.createsPublic(prefix + "'s last sunset");
        String word = "w" + prefix.replace("-", "");
        String plain = ada.createsPublic("The " + word + " room");
        String twice = ada.createsPublic(word + ", (" + word.toUpperCase(Locale.ROOT) + ")?");

        directory(word).then().body("items.id", contains(plain, twice));
        directory(word + " RO").then().body("items.id", contains(plain));
        directory("the " + word).then().body("items.id", contains(plain));
        directory(word.substring(1)).then().body("items.size()", equalTo(0));
        directory("_sure").then().body("items.size()", equalTo(0));
    }

    @Test
    void shouldFindARoomByItsCurrentNameOnly() {
        String room = ada.createsPublic(prefix + " dawn");
        change(room, Map.of("name", prefix + " dusk"));

        directory(prefix + " dawn").then().body("items.size()", equalTo(0));
        directory(prefix + " dusk").then().body("items.id", contains(room));
        change(room, Map.of("visibility", "private"));
        directory(prefix + " dusk").then().body("items.size()", equalTo(0));
        change(room, Map.of("visibility", "public"));
        directory(prefix + " dusk").then().body("items.id", contains(room));
        ada.asks().delete("/api/rooms/" + room).then().statusCode(204);
        directory(prefix + " dusk").then().body("items.size()", equalTo(0));
    }

    @Test
    void shouldListEachRoomOnceByName() {
        List<String> names = new ArrayList<>();
        String next = "";
        while (next != null) {
            Response page = eve.asks()
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get("/api/rooms?visibility=public&limit=3");
            names.addAll(page.path("items.name"));
            next = page.path("next");
        }

        assertThat(names.stream().filter(name -> name.startsWith(prefix)))
                .containsExactly(prefix + " 100%_sure", prefix + " Éclair", prefix + " Sunlight", prefix + " sunrise");
    }

    @Test
    void shouldFindTheBeginningOfANameInAnyCase() {
        directory(prefix + " SUN").then().body("items.name", contains(prefix + " Sunlight", prefix + " sunrise"));
        directory(prefix + " éc").then().body("items.name", contains(prefix + " Éclair"));
        directory(prefix + " ECLA").then().body("items.name", contains(prefix + " Éclair"));
        directory(prefix + " E\u0301cla").then().body("items.name", contains(prefix + " Éclair"));
        directory(prefix + " 100%_").then().body("items.name", contains(prefix + " 100%_sure"));
        directory(prefix + " %").then().body("items.size()", equalTo(0));
        directory("light").then().body("items.findAll { it.name.startsWith('" + prefix + "') }.size()", equalTo(0));
    }

    @Test
    void shouldCompareNormalizedNamesOfAnyScript() {
        for (Map.Entry<String, String> named : Map.of(
                        "Straße", "STRASSE",
                        "Ｆｕｌｌ Ｗｉｄｔｈ", "full width",
                        "Smørrebrød", "smorre",
                        "ΟΔΥΣΣΕΥΣ", "οδυσσευς",
                        "İstanbul", "istan",
                        "東京都の会議", "会議",
                        "서울 회의실", "회의")
                .entrySet()) {
            String word = "x" + UUID.randomUUID().toString().replace("-", "");
            String room = ada.createsPublic(word + " " + named.getKey());
            directory(named.getValue())
                    .then()
                    .body("items.findAll { it.name.startsWith('" + word + "') }.id", contains(room));
        }
    }

    @Test
    void shouldNotShowPrivateRooms() {
        ada.asks()
                .contentType("application/json")
                .body(Map.of("name", prefix + " secret", "visibility", "private"))
                .post("/api/rooms")
                .then()
                .statusCode(201);

        directory(prefix + " secret").then().body("items.size()", equalTo(0));
    }

    @Test
    void shouldPageWithoutRepeatingRoomsOfOneName() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(ada.createsPublic(prefix + " twins"));
        }

        List<String> found = new ArrayList<>();
        String next = "";
        while (next != null) {
            Response page = eve.asks()
                    .queryParam("query", prefix + " twins")
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get("/api/rooms?visibility=public&limit=2");
            found.addAll(page.path("items.id"));
            next = page.path("next");
        }

        assertThat(found).containsExactlyElementsOf(ids);
    }

    @Test
    void shouldShowEachRoomOnceAlthoughRoomsAreRenamed() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(ada.createsPublic(prefix + " walk " + i));
        }
        List<String> found = new ArrayList<>();
        String next = "";
        int page = 0;
        while (next != null) {
            Response answer = eve.asks()
                    .queryParam("query", prefix + " walk")
                    .queryParams(next.isEmpty() ? Map.of() : Map.of("after", next))
                    .get("/api/rooms?visibility=public&limit=2");
            found.addAll(answer.path("items.id"));
            next = answer.path("next");
            // A room that was shown moves to the end, one that was not moves to the beginning, and back again.
            change(ids.get(0), Map.of("name", prefix + " walk z" + page));
            change(ids.get(5), Map.of("name", prefix + " walk " + (page % 2 == 0 ? "-" : "5")));
            page++;
        }

        assertThat(found).containsExactlyElementsOf(ids);
        directory(prefix + " walk z").then().body("items.id", contains(ids.get(0)));
    }

    @Test
    void shouldShowARoomThatIsMadeBetweenPages() {
        ada.createsPublic(prefix + " walk 1");
        ada.createsPublic(prefix + " walk 2");
        Response first = eve.asks().queryParam("query", prefix + " walk").get("/api/rooms?visibility=public&limit=1");
        String made = ada.createsPublic(prefix + " walk 3");

        eve.asks()
                .queryParam("query", prefix + " walk")
                .queryParam("after", first.<String>path("next"))
                .get("/api/rooms?visibility=public")
                .then()
                .body("items[1].id", equalTo(made));
    }

    @Test
    void shouldNotAccumulateOldNamesOfARoom() throws Exception {
        String room = ada.createsPublic(prefix + " busy");
        for (int i = 0; i < 30; i++) {
            change(room, Map.of("name", prefix + " busy " + i));
        }

        String url = "jdbc:" + postgres.reactiveUrl() + "?currentSchema=message_service";
        try (var connection = DriverManager.getConnection(url, PostgresServer.USER, "");
                var statement = connection.prepareStatement(
                        "select count(distinct until) from past_places where room_id = ?::uuid")) {
            statement.setString(1, room);
            try (var rows = statement.executeQuery()) {
                rows.next();
                assertThat(rows.getInt(1)).isEqualTo(10);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "visibility=private",
                "query=a",
                "visibility=public&after=rubbish",
                "visibility=public&after=AAAA",
                "visibility=public&limit=0",
                "visibility=public&limit=201",
                "visibility=public&query=%00",
                "after=rubbish"
            })
    void shouldRejectInvalidParameters(String query) {
        refused(ada.asks().urlEncodingEnabled(false).get("/api/rooms?" + query), 400, "invalid_request");
    }

    @Test
    void shouldRejectAQueryLongerThanAName() {
        refused(directory("q".repeat(101)), 400, "invalid_request");
    }

    @Test
    void shouldBeServedByAnIndex() throws Exception {
        assertThat(Plan.of(postgres, DirectoryRepository.ALL))
                .contains("using directory_whole", "Index Cond: (ROW(place")
                .doesNotContain("Seq Scan", "Sort");
        // A sort of the few rows that are expected costs as little as the order of the index.
        assertThat(Plan.of(postgres, DirectoryRepository.BY_WORD, "enable_sort = off"))
                .contains("using directory_places", "Index Cond: ((place >= (InitPlan")
                .doesNotContain("Seq Scan", "Sort");
    }

    private void change(String room, Map<String, String> patch) {
        ada.asks()
                .contentType("application/json")
                .body(patch)
                .patch("/api/rooms/" + room)
                .then()
                .statusCode(200);
    }

    private Response directory(String query) {
        return eve.asks().queryParam("query", query).get("/api/rooms?visibility=public");
    }
}
