package io.heliograph.message.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.ApiCall;
import io.heliograph.testsupport.CrossOriginHeaders;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cache headers and conditional requests. */
@QuarkusTest
class RevalidationTest extends MessageServiceTest {

    private Person ada;
    private String room;
    private String name;

    @BeforeEach
    void aRoomWithAMessage() {
        ada = person("ada");
        name = UUID.randomUUID().toString();
        room = ada.createsPublic(name);
        ada.sends(room, "first").then().statusCode(201);
    }

    @Test
    void shouldRespondNotModifiedUntilARoomChanges() {
        String path = "/api/rooms/" + room;
        String seen = unchanged(path);

        ada.sends(room, "second").then().statusCode(201);
        again(path, seen).then().statusCode(200).body("lastSeq", equalTo(2)).header("ETag", not(seen));

        seen = unchanged(path);
        ada.asks()
                .contentType("application/json")
                .body(Map.of("name", "renamed"))
                .patch(path)
                .then()
                .statusCode(200)
                .header("ETag", not(seen));
        again(path, seen).then().statusCode(200).body("name", equalTo("renamed"));
    }

    @Test
    void shouldRespondNotModifiedUntilAMessageOfThePageChanges() {
        String path = "/api/rooms/" + room + "/messages?before=2";
        String seen = unchanged(path);

        ada.sends(room, "not of this page").then().statusCode(201);
        again(path, seen).then().statusCode(304);

        ada.asks().put("/api/rooms/" + room + "/messages/1/reactions/👍").then().statusCode(200);
        again(path, seen).then().statusCode(200).header("ETag", not(seen));

        seen = unchanged(path);
        ada.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);
        again(path, seen).then().statusCode(200).body("items[0].content", equalTo(""));
    }

    @Test
    void shouldRespondNotModifiedUntilARoomOfTheDirectoryChanges() {
        String path = "/api/rooms?visibility=public&query=" + name;
        String seen = unchanged(path);

        ada.createsPublic(name + " 2");
        again(path, seen).then().statusCode(200).body("items.size()", equalTo(2));
    }

    @Test
    void shouldLetSharedCachesStoreAndRevalidatePublicResponsesOnly() {
        assertThat(cacheControl("/api/rooms/" + room)).isEqualTo("public, no-cache");
        assertThat(cacheControl("/api/rooms?visibility=public")).isEqualTo("public, no-cache");

        assertThat(cacheControl("/api/rooms/" + ada.creates("private"))).isEqualTo("private, no-cache");
        assertThat(cacheControl("/api/rooms/" + room + "/messages")).isEqualTo("private, no-cache");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/rooms",
                "/api/messages/sync",
                "/api/messages/search?q=first",
                "/api/messages/search?q=",
                "/api/none"
            })
    void shouldKeepPersonalResponsesOutOfSharedCaches(String path) {
        assertThat(cacheControl(path)).isEqualTo("private, no-cache");
    }

    @Test
    void shouldVaryByAuthorizationExceptForPublicResponses() {
        List<ApiCall> calls =
                ApiCall.of(anonymous().get("/q/openapi?format=json").asString());
        assertThat(calls).hasSizeGreaterThan(15);

        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls) {
            for (RequestSpecification caller : List.of(anonymous(), ada.asks())) {
                Response answer = caller.urlEncodingEnabled(false).request(call.method(), call.path());
                all.assertThat(answer.header("Cache-Control"))
                        .as(call + " for caches")
                        .isEqualTo("private, no-cache");
                all.assertThat(answer.header("Vary")).as(call + " varies by").isEqualTo("Authorization");
            }
        }
        all.assertThat(ada.asks().get("/api/rooms/" + room).header("Vary")).isNull();
        all.assertAll();
    }

    @Test
    void shouldUseOnlyHeadersThatCorsAllows() {
        List<ApiCall> calls =
                ApiCall.of(anonymous().get("/q/openapi?format=json").asString());

        assertThat(CrossOriginHeaders.missingOf(calls)).isEmpty();
        for (String path : List.of("/api/rooms/" + room, "/api/rooms/" + room + "/messages", "/api/none")) {
            assertThat(CrossOriginHeaders.missing(ada.asks().get(path).headers().asList().stream()
                            .map(Header::getName)
                            .toList()))
                    .as(path)
                    .isEmpty();
        }
    }

    @Test
    void shouldDistinguishTheTagsOfRooms() {
        String other = ada.createsPublic("another");
        ada.sends(other, "first").then().statusCode(201);

        again("/api/rooms/" + other, unchanged("/api/rooms/" + room)).then().statusCode(200);
        again("/api/rooms/" + other + "/messages", unchanged("/api/rooms/" + room + "/messages"))
                .then()
                .statusCode(200);
    }

    @Test
    void shouldNotRespondNotModifiedToAnotherUser() {
        String path = "/api/rooms/" + room + "/messages";
        ada.asks().put(path + "/1/reactions/👍").then().statusCode(200);
        String seen = unchanged(path);
        Person grace = person("grace");
        grace.asks().put("/api/rooms/" + room + "/members/" + grace.id()).then().statusCode(200);

        // The response to each caller marks the reactions of the caller.
        grace.asks().header("If-None-Match", seen).get(path).then().statusCode(200);
    }

    @Test
    void shouldNotRespondNotModifiedWithoutAccess() {
        String hidden = "/api/rooms/" + ada.creates("private");
        String seen = unchanged(hidden);
        Person eve = person("eve");

        refused(eve.asks().header("If-None-Match", seen).get(hidden), 404, "room_not_found");
        refused(eve.asks().header("If-None-Match", "*").get(hidden + "/messages"), 404, "room_not_found");
        refused(anonymous().header("If-None-Match", seen).get(hidden), 401, "unauthenticated");
    }

    @Test
    void shouldParseListsOfTagsAndIgnoreInvalidOnes() {
        String path = "/api/rooms/" + room;
        String seen = unchanged(path);

        again(path, "\"other\", " + seen).then().statusCode(304);
        again(path, "W/" + seen).then().statusCode(304);
        again(path, "*").then().statusCode(304);
        again(path, "\"other\"").then().statusCode(200);
        again(path, "nonsense").then().statusCode(200);
    }

    private String unchanged(String path) {
        String tag = ada.asks().get(path).then().statusCode(200).extract().header("ETag");
        Response again = again(path, tag);
        again.then().statusCode(304).header("ETag", tag);
        assertThat(again.asString()).isEmpty();
        assertThat(again.header("Cache-Control")).endsWith("no-cache");
        return tag;
    }

    private Response again(String path, String tag) {
        return ada.asks().header("If-None-Match", tag).get(path);
    }

    private String cacheControl(String path) {
        return ada.asks().get(path).header("Cache-Control");
    }
}
