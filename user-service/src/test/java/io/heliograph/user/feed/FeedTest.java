package io.heliograph.user.feed;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The feed of profile changes for message-service (docs/adr/0021). */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class FeedTest {

    private static final String FEED = "/internal/profiles";

    @Test
    void shouldReturnEachChangedProfileOnceInItsCurrentState() {
        Person ada = Person.register();
        Person grace = Person.register();
        long start = end();
        rename(ada, "Ada");
        rename(grace, "Grace");
        rename(ada, "Ada Lovelace");

        Response page = feed(start, 200);

        page.then()
                .statusCode(200)
                .body(
                        "items.id",
                        equalTo(List.of(grace.id().toString(), ada.id().toString())))
                .body("items.displayName", equalTo(List.of("Grace", "Ada Lovelace")))
                .body("items.username", equalTo(List.of(grace.username(), ada.username())))
                .body("items.version", equalTo(List.of(2, 3)))
                .body("items.deleted", equalTo(List.of(false, false)));
        feed(next(page), 200).then().body("items", empty()).body("next", equalTo((int) next(page)));
    }

    @Test
    void shouldReturnADeletedAccountWithoutItsNames() {
        Person ada = Person.register();
        long start = end();

        ada.asks().delete("/api/users/me").then().statusCode(204);

        feed(start, 200)
                .then()
                .body("items[0].id", equalTo(ada.id().toString()))
                .body("items[0].deleted", equalTo(true))
                .body("items[0].username", equalTo(null))
                .body("items[0].displayName", equalTo(null));
    }

    @Test
    void shouldNotSkipConcurrentCommits() {
        List<Person> people =
                IntStream.range(0, 4).mapToObj(n -> Person.register()).toList();
        Map<Person, String> tokens = new HashMap<>();
        people.forEach(person -> tokens.put(person, person.accessToken()));
        long start = end();

        List<CompletableFuture<Void>> writers = people.stream()
                .map(person -> CompletableFuture.runAsync(() -> {
                    for (int n = 1; n <= 20; n++) {
                        rename(tokens.get(person), person.username().substring(0, 8) + " " + n);
                    }
                }))
                .toList();
        Map<String, Integer> versions = new HashMap<>();
        long place = start;
        boolean last = false;
        while (!last) {
            last = writers.stream().allMatch(CompletableFuture::isDone);
            Response page = feed(place, 3);
            List<String> ids = page.path("items.id");
            List<Integer> found = page.path("items.version");
            IntStream.range(0, ids.size()).forEach(n -> versions.put(ids.get(n), found.get(n)));
            place = next(page);
            last &= ids.isEmpty();
        }
        writers.forEach(CompletableFuture::join);

        Set<String> expected = new HashSet<>();
        people.forEach(person -> expected.add(person.id().toString()));
        assertEquals(expected, versions.keySet());
        assertEquals(Set.of(21), new HashSet<>(versions.values()));
        assertEquals(start + 80, place);
    }

    @Test
    void shouldReturnPages() {
        long start = end();
        List<String> renamed = new ArrayList<>();
        for (int n = 0; n < 3; n++) {
            Person person = Person.register();
            rename(person, "Someone");
            renamed.add(person.id().toString());
        }

        Response first = feed(start, 2);
        Response second = feed(next(first), 2);

        assertEquals(renamed.subList(0, 2), first.path("items.id"));
        assertEquals(renamed.subList(2, 3), second.path("items.id"));
    }

    @Test
    void shouldRestartAReaderOfALaterState() {
        long later = end() + 1;

        feed(later, 200).then().body("items", empty()).body("next", equalTo(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer ", "Bearer wrong", TestSettings.FEED_SECRET, "Basic YTpi"})
    void shouldRejectRequestsWithoutTheSecret(String authorization) {
        assertProblem(given().header("Authorization", authorization).get(FEED), 401, "unauthenticated");
    }

    @Test
    void shouldRejectTheTokenOfAUser() {
        assertProblem(Person.register().asks().get(FEED), 401, "unauthenticated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"?limit=0", "?limit=1001", "?after=-1", "?after=x"})
    void shouldRejectInvalidBounds(String query) {
        assertProblem(asks().get(FEED + query), 400, "invalid_request");
    }

    @Test
    void shouldFindProfilesByTheirAddresses() {
        Person ada = Person.register();
        Person grace = Person.register();
        Person gone = Person.register();
        String former = address(gone);
        gone.asks().delete("/api/users/me").then().statusCode(204);
        String address = address(ada).toUpperCase(Locale.ROOT);

        byAddress(List.of(address, "nobody@example.org", "", "no address", former, address(grace)))
                .then()
                .statusCode(200)
                .body("items.address", equalTo(List.of(address, address(grace))))
                .body(
                        "items.id",
                        equalTo(List.of(ada.id().toString(), grace.id().toString())))
                .body("items.username", equalTo(List.of(ada.username(), grace.username())))
                .body("items.version", equalTo(List.of(1, 1)));
    }

    @Test
    void shouldRejectASearchByAddressWithoutTheSecret() {
        Person ada = Person.register();
        Map<String, List<String>> query = Map.of("addresses", List.of(address(ada)));

        for (RequestSpecification request : List.of(given(), ada.asks())) {
            assertProblem(
                    request.contentType(ContentType.JSON).body(query).post(FEED + "/by-address"),
                    401,
                    "unauthenticated");
        }
    }

    @Test
    void shouldRejectAddressesOverTheBounds() {
        List<String> many =
                IntStream.range(0, 51).mapToObj(n -> n + "@example.org").toList();

        for (List<String> addresses :
                List.of(List.<String>of(), many, List.of("x".repeat(255)), List.of("a\u0000@b"))) {
            assertProblem(byAddress(addresses), 400, "invalid_request");
        }
    }

    private static String address(Person person) {
        return person.asks().get("/api/users/me").path("email");
    }

    private static Response byAddress(List<String> addresses) {
        return asks().contentType(ContentType.JSON)
                .body(Map.of("addresses", addresses))
                .post(FEED + "/by-address");
    }

    @Test
    void shouldNotBeInTheDescriptionOfTheApi() {
        assertTrue(!given().get("/q/openapi").asString().contains("/internal"));
    }

    private static long end() {
        long place = 0;
        Response page = feed(place, 1000);
        while (next(page) > place) {
            place = next(page);
            page = feed(place, 1000);
        }
        return place;
    }

    private static void rename(Person person, String displayName) {
        rename(person.accessToken(), displayName);
    }

    private static void rename(String token, String displayName) {
        given().auth()
                .oauth2(token)
                .contentType(ContentType.JSON)
                .body(Map.of("displayName", displayName))
                .patch("/api/users/me")
                .then()
                .statusCode(200);
    }

    private static Response feed(long after, int limit) {
        return asks().get(FEED + "?after=" + after + "&limit=" + limit);
    }

    private static RequestSpecification asks() {
        return given().header("Authorization", "Bearer " + TestSettings.FEED_SECRET);
    }

    private static long next(Response page) {
        return page.jsonPath().getLong("next");
    }
}
