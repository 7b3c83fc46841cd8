package io.heliograph.user.account;

import static io.heliograph.user.Problems.assertProblem;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class SearchTest {

    TestKeys keys;

    /** What the names of this test begin with, and no other. */
    private String prefix;

    @BeforeEach
    void choosePrefix() {
        prefix = "S" + Long.toString(System.nanoTime(), Character.MAX_RADIX);
    }

    @Test
    void shouldFindByUsernameAndDisplayNameInAnyCase() {
        add(prefix + "-b", "Émile");
        add("x" + prefix, prefix.toUpperCase(Locale.ROOT) + "-A Ångström");
        add("y" + prefix, "no " + prefix);

        for (String query : List.of(prefix, prefix.toUpperCase(Locale.ROOT), prefix.toLowerCase(Locale.ROOT))) {
            search(query)
                    .then()
                    .statusCode(200)
                    .body("items.username", equalTo(List.of("x" + prefix, prefix + "-b")))
                    .body("next", nullValue())
                    .body(not(containsString("@")));
        }
        assertEquals(List.of("x" + prefix), names(search(prefix + "-a åNG")));
    }

    @Test
    void shouldFindADisplayNameInAnyUnicodeForm() {
        add("a" + prefix, "Ame\u0301lie\u00A0" + prefix);
        assertEquals(List.of("a" + prefix), names(search("AM\u00C9LIE  " + prefix)));
        assertEquals(List.of("a" + prefix), names(search("ame\u0301lie " + prefix)));
        assertEquals(List.of("a" + prefix), names(search("amelie " + prefix)));
        assertEquals(List.of("a" + prefix), names(search("ａｍé\u200Dlie " + prefix)));
        add("b" + prefix, "Łukasz Groß" + prefix);
        assertEquals(List.of("b" + prefix), names(search("LUKASZ gross" + prefix)));
    }

    @Test
    void shouldFindAUserOnceWhenBothNamesMatch() {
        add(prefix, prefix + " the same");
        assertEquals(List.of(prefix), names(search(prefix)));
    }

    @Test
    void shouldPageThroughAllResults() {
        List<String> names = IntStream.range(0, 9).mapToObj(i -> prefix + i).toList();
        names.forEach(name -> add(name, prefix + " the same"));
        add("a" + prefix, prefix + "4 is between");
        add("b" + prefix, prefix + "4 is between");
        List<String> all = names(search(prefix));
        assertEquals(11, all.size());
        assertEquals(List.of("a" + prefix, "b" + prefix), all.subList(5, 7));

        for (int limit = 1; limit <= 11; limit++) {
            List<String> found = new ArrayList<>();
            Response page = request(prefix).queryParam("limit", limit).get("/api/users");
            found.addAll(names(page));
            while (page.path("next") != null) {
                page = request(prefix)
                        .queryParam("limit", limit)
                        .queryParam("after", page.<String>path("next"))
                        .get("/api/users");
                found.addAll(names(page));
            }
            assertEquals(all, found);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "'", "' or 1=1 --", "*", ".", "\uDBFF\uDFFF"})
    void shouldTreatWildcardsAsText(String query) {
        add(prefix, "x" + query);
        assertEquals(List.of(), names(search(prefix + query)));
        assertEquals(List.of(), names(search(query + prefix)));
    }

    @Test
    void shouldNotFindADeletedUser() {
        Person ada = Person.register(prefix + "-ada", prefix + "@example.org");
        assertEquals(List.of(ada.username()), names(search(prefix)));

        ada.asks().delete("/api/users/me").then().statusCode(204);

        assertEquals(List.of(), names(search(prefix)));
    }

    @Test
    void shouldReturnAnEmptyPageWithoutMatches() {
        search(prefix).then().statusCode(200).body("items", equalTo(List.of())).body("next", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "limit,0",
        "limit,201",
        "limit,-1",
        "limit,ten",
        "limit,99999999999",
        "after,junk",
        "after,%%%",
        "after,A"
    })
    void shouldRejectInvalidParameters(String parameter, String value) {
        assertProblem(
                        request(prefix)
                                .queryParam(parameter, value == null ? "" : value)
                                .get("/api/users"),
                        400,
                        "invalid_request")
                .body("errors.field", equalTo(List.of(parameter)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\0junk", "x", "\0\0\0", "x\0" + "1-1-1-1"})
    void shouldRejectAForeignCursor(String text) {
        String cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        assertProblem(request(prefix).queryParam("after", cursor).get("/api/users"), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("after")));
    }

    @Test
    void shouldAcceptAtMostSixtyFourCharacters() {
        search("🚀".repeat(64)).then().statusCode(200);
        for (String query : List.of("x".repeat(65), " ", "a\0b")) {
            assertProblem(search(query), 400, "invalid_request").body("errors.field", equalTo(List.of("query")));
        }
    }

    @Test
    void shouldRejectAQueryTogetherWithIds() {
        assertProblem(
                        request(prefix)
                                .queryParam("ids", "00000000-0000-7000-8000-000000000000")
                                .get("/api/users"),
                        400,
                        "invalid_request")
                .body("errors.field", equalTo(List.of("query")));
    }

    private void add(String username, String displayName) {
        Map<String, String> row =
                Map.of("username", username, "email", username + "@example.org", "displayName", displayName);
        Admin.asks(keys).body(Map.of("users", List.of(row))).post("/api/users/batch");
    }

    private Response search(String query) {
        return request(query).get("/api/users");
    }

    private RequestSpecification request(String query) {
        return Admin.asks(keys).queryParam("query", query);
    }

    private static List<String> names(Response answer) {
        return answer.then().statusCode(200).extract().path("items.username");
    }
}
