package io.heliograph.user.account.bulk;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.OtherIssuers;
import io.heliograph.user.Admin;
import io.heliograph.user.Backend;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Users that are imported with the id of another system. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class ExternalIdTest {

    TestKeys keys;
    OtherIssuers issuers;

    @Test
    void shouldFindAnImportedUserByTheirToken() {
        String subject = unique();
        String id = id(add(user("Ada", chat(subject))));

        me(token(subject, 0, "Ada"))
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("displayName", equalTo("Ada"))
                .body("externalIds", contains(chat(subject)));
    }

    @Test
    void shouldPreferTheClaimsOfTheIssuerToTheImport() {
        String subject = unique();
        id(add(user("Ada", chat(subject))));

        me(token(subject, 1, "Ada King")).then().body("displayName", equalTo("Ada King"));
    }

    @Test
    void shouldFindAnImportedUserByTokenExchange() {
        String subject = unique();
        String id = id(add(user("Ada", Map.of("issuer", "urn:heliograph:product", "subject", subject))));

        String token =
                Backend.with(keys, "impersonator").exchange(subject, Map.of()).path("access_token");

        me(token).then().statusCode(200).body("id", equalTo(id));
    }

    @Test
    void shouldRejectAnExternalIdThatHasAnAccount() {
        String imported = unique();
        String met = unique();
        add(user("Ada", chat(imported))).then().body("created", equalTo(1));
        me(token(met, 0, "Grace")).then().statusCode(200);

        Response again = add(user("Ada", chat(imported)), user("Grace", chat(met)), user("Alan", chat(unique())));

        again.then()
                .statusCode(200)
                .body("created", equalTo(1))
                .body("results[0].status", equalTo(409))
                .body("results[0].problem.code", equalTo("external_id_taken"))
                .body("results[1].problem.code", equalTo("external_id_taken"))
                .body("results[2].status", equalTo(201));
    }

    @Test
    void shouldMakeOneAccountForTwoRowsOfOneUser() {
        Map<String, String> person = chat(unique());

        add(user("Ada", person), user("Ada", person))
                .then()
                .body("created", equalTo(1))
                .body("results[1].problem.code", equalTo("external_id_taken"));
    }

    @Test
    void shouldNotRestoreADeletedAccount() {
        Map<String, String> person = chat(unique());
        String id = id(add(user("Ada", person)));
        given().auth()
                .oauth2(keys.token(UUID.fromString(id), claims -> {}))
                .delete("/api/users/me")
                .then()
                .statusCode(204);

        add(user("Ada", person)).then().body("results[0].problem.code", equalTo("external_id_taken"));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldRejectAnInvalidExternalId(List<Object> ids) {
        add(user("Ada", ids))
                .then()
                .statusCode(200)
                .body("results[0].status", equalTo(400))
                .body("results[0].problem.errors[0].field", startsWith("externalIds"));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of(List.of(Map.of("issuer", "https://id.example"))),
                Arguments.of(List.of(Map.of("issuer", "", "subject", "1"))),
                Arguments.of(List.of(Map.of("issuer", "i", "subject", "s".repeat(256)))),
                Arguments.of(List.of(Map.of("issuer", "i", "subject", "a\u0000"))),
                Arguments.of(List.of("text")),
                Arguments.of(Collections.singletonList(null)),
                Arguments.of(List.of(Map.of("issuer", "i", "subject", "1"), Map.of("issuer", "i", "subject", "2"))));
    }

    @Test
    void shouldShowExternalIdsOnlyToTheirOwnerAndAdministrators() {
        Map<String, String> person = chat(unique());
        Response added = add(user("Ada", person), user("Grace", List.of()));
        added.then()
                .body("results", hasSize(2))
                .body("results[0].user.externalIds", contains(person))
                .body("results[1].user", not(hasKey("externalIds")));

        Admin.asks(keys).get("/api/users/" + id(added)).then().statusCode(200).body("$", not(hasKey("externalIds")));
    }

    private Map<String, String> chat(String subject) {
        return Map.of("issuer", issuers.chat().issuer(), "subject", subject);
    }

    private static Map<String, Object> user(String name, Map<String, String> externalId) {
        return user(name, List.of(externalId));
    }

    private static Map<String, Object> user(String name, List<?> externalIds) {
        String username = unique();
        return Map.of(
                "username", username,
                "email", username + "@example.org",
                "displayName", name,
                "externalIds", externalIds);
    }

    private Response add(Object... users) {
        return Admin.asks(keys).body(Map.of("users", List.of(users))).post("/api/users/batch");
    }

    private static String id(Response added) {
        return added.then().statusCode(200).extract().path("results[0].user.id");
    }

    /** A token of the issuer, issued this many seconds from now. */
    private String token(String subject, int seconds, String name) {
        return issuers.chat().token("RS256", claims -> {
            claims.setSubject(subject);
            claims.setStringClaim("name", name);
            claims.setIssuedAt(NumericDate.fromSeconds(Instant.now().getEpochSecond() + seconds));
        });
    }

    private static Response me(String token) {
        return given().auth().oauth2(token).get("/api/users/me");
    }

    private static String unique() {
        return "i" + UUID.randomUUID().toString().replace("-", "").substring(0, 28);
    }
}
