package io.heliograph.user.account.profile;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
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
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class ProfileTest {

    private static final String ME = "/api/users/me";

    private Person ada;
    private String token;

    @BeforeEach
    void register() {
        ada = Person.register();
        token = ada.accessToken();
    }

    @Test
    void shouldChangeOnlyGivenFields() {
        Response before = me();

        Response changed = patch("{\"displayName\": \"Ada Lovelace\", \"shoeSize\": 38}");

        changed.then()
                .statusCode(200)
                .header("ETag", matchesPattern("\"[^\"]+\""))
                .body("displayName", equalTo("Ada Lovelace"))
                .body("username", equalTo(ada.username()))
                .body("email", equalTo(ada.email()))
                .body("createdAt", equalTo(before.path("createdAt")));
        assertTrue(time(changed).isAfter(time(before)));
        assertEquals(changed.asString(), me().asString());
        assertEquals(changed.header("ETag"), me().header("ETag"));
    }

    @Test
    void shouldAcceptAMergePatchWithItsContentType() {
        asks().contentType("application/merge-patch+json")
                .body("{\"displayName\": \"Ada\"}")
                .patch(ME)
                .then()
                .statusCode(200)
                .body("displayName", equalTo("Ada"));
    }

    @Test
    void shouldUseTheUsernameWhenTheDisplayNameIsRemoved() {
        patch("{\"displayName\": \"Ada\"}");
        String name = newName();

        patch("{\"displayName\": null}").then().statusCode(200).body("displayName", equalTo(ada.username()));

        // And who has none of their own is shown by the new username.
        patch("{\"username\": \"%s\"}".formatted(name)).then().body("displayName", equalTo(name));
    }

    @Test
    void shouldApplyTheRulesOfRegistrationToANewDisplayName() {
        patch("{\"displayName\": \" Ada \\u3000 Lovelace \"}").then().body("displayName", equalTo("Ada Lovelace"));
        assertProblem(patch("{\"displayName\": \"\\u0430da\"}"), 400, "invalid_request");
    }

    @Test
    void shouldStorePublicMetadata() {
        Response changed = patch("{\"metadata\": {\"team\": 17, \"rate\": 1.10}}");
        changed.then().statusCode(200).body(containsString("\"metadata\":{\"team\":17,\"rate\":1.10}"));
        patch("{\"displayName\": \"Ada\"}").then().body("metadata.team", equalTo(17));

        String grace = Person.register().accessToken();
        given().auth().oauth2(grace).get("/api/users/" + ada.id()).then().body("metadata.team", equalTo(17));
        given().auth()
                .oauth2(grace)
                .get("/api/users?ids=" + ada.id())
                .then()
                .body("items[0].metadata.team", equalTo(17));

        assertProblem(patch("{\"metadata\": []}"), 400, "invalid_request");
        patch("{\"metadata\": null}").then().statusCode(200).body("$", not(hasKey("metadata")));
        me().then().body("$", not(hasKey("metadata")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"displayName\": null}", "{\"metadata\": null}", "{\"metadata\": {}}"})
    void shouldKeepTheVersionWhenNothingChanges(String body) {
        String before = me().header("ETag");

        Response changed = patch(body);

        assertEquals(before, changed.header("ETag"));
        assertEquals(me().asString(), changed.asString());
    }

    @Test
    void shouldSignInByTheNewNameAndAddressOnly() {
        String name = newName();
        patch("{\"username\": \"%s\", \"email\": \"%s@example.org\"}".formatted(name, name))
                .then()
                .statusCode(200);

        Person.signIn(name, ada.password()).then().statusCode(200);
        Person.signIn(name + "@example.org", ada.password()).then().statusCode(200);
        assertProblem(ada.signIn(), 401, "bad_credentials");
        assertProblem(Person.signIn(ada.email(), ada.password()), 401, "bad_credentials");
    }

    @Test
    void shouldReserveAFormerUsernameForItsOwner() {
        patch("{\"username\": \"%s\"}".formatted(newName())).then().statusCode(200);
        Response taken = Person.tryRegister(ada.username().toUpperCase(Locale.ROOT), newName() + "@example.org");
        assertProblem(taken, 409, "username_taken");

        patch("{\"username\": \"%s\"}".formatted(ada.username())).then().statusCode(200);
    }

    @Test
    void shouldRejectNamesOfOtherAccounts() {
        Person grace = Person.register();
        String upper = grace.username().toUpperCase(Locale.ROOT);

        assertProblem(patch("{\"username\": \"%s\"}".formatted(upper)), 409, "username_taken");
        assertProblem(patch("{\"email\": \"%s\"}".formatted(upper + "@example.org")), 409, "email_taken");
        patch("{\"username\": \"%s\"}".formatted(ada.username().toUpperCase(Locale.ROOT)))
                .then()
                .statusCode(200);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "username,null",
                "username,\"a b\"",
                "username,1",
                "username,[]",
                "email,null",
                "email,\"ada\"",
                "email,true",
                "displayName,\" \"",
                "displayName,\"a\\u0000b\"",
                "displayName,7",
                "displayName,{}"
            })
    void shouldReject(String field, String value) {
        assertProblem(patch("{\"%s\": %s}".formatted(field, value)), 400, "invalid_request")
                .body("errors.field", equalTo(List.of(field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "\"ada\"", "{"})
    void shouldRejectAnInvalidPatch(String body) {
        patch(body).then().statusCode(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "*", "\"other\", %s", " %s ,\"other\""})
    void shouldChangeAProfileWithItsCurrentTag(String ifMatch) {
        String seen = me().header("ETag");

        patch("{\"displayName\": \"Ada\"}", ifMatch.formatted(seen)).then().statusCode(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"other\"", "W/%s", "\"other\", W/%s", "\"99\""})
    void shouldRejectAChangeOrDeletionWithAnOutdatedTag(String ifMatch) {
        String named = ifMatch.formatted((Object) me().header("ETag"));

        assertProblem(patch("{\"displayName\": \"Ada\"}", named), 412, "precondition_failed");
        assertProblem(asks().header("If-Match", named).delete(ME), 412, "precondition_failed");
        me().then().body("displayName", equalTo(ada.username()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "\"1", "*, \"1\"", "\"1\" \"2\""})
    void shouldRejectAnInvalidIfMatch(String ifMatch) {
        assertProblem(patch("{\"displayName\": \"Ada\"}", ifMatch), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("If-Match")));
    }

    @Test
    void shouldAcceptOneOfManyConcurrentChangesWithTheSameTag() {
        String seen = me().header("ETag");

        List<CompletableFuture<Integer>> answers = IntStream.range(0, 8)
                .mapToObj(i ->
                        CompletableFuture.supplyAsync(() -> patch("{\"displayName\": \"Ada %d\"}".formatted(i), seen)
                                .statusCode()))
                .toList();
        List<Integer> statuses = answers.stream().map(CompletableFuture::join).toList();

        assertEquals(1, Collections.frequency(statuses, 200), statuses.toString());
        assertEquals(7, Collections.frequency(statuses, 412), statuses.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s", "W/%s", "*", "\"other\", %s"})
    void shouldRespondNotModifiedToAKnownProfile(String ifNoneMatch) {
        String seen = me().header("ETag");

        asks().header("If-None-Match", ifNoneMatch.formatted(seen))
                .get(ME)
                .then()
                .statusCode(304)
                .header("ETag", equalTo(seen));

        patch("{\"displayName\": \"Ada\"}");
        asks().header("If-None-Match", seen).get(ME).then().statusCode(200);
    }

    @Test
    void shouldPutTheDisplayNameAndItsVersionIntoTokens() throws Exception {
        JwtClaims before = claims(token);
        patch("{\"displayName\": \"Ada\"}");
        JwtClaims after = claims(ada.accessToken());

        assertEquals(ada.username(), before.getStringClaimValue("name"));
        assertEquals("Ada", after.getStringClaimValue("name"));
        assertTrue(after.getClaimValue("profile_version", Long.class)
                > before.getClaimValue("profile_version", Long.class));
    }

    @Test
    void shouldShowOthersTheNewNames() {
        patch("{\"displayName\": \"Ada\"}");

        Person.register()
                .asks()
                .get("/api/users/" + ada.id())
                .then()
                .body("displayName", equalTo("Ada"))
                .body("version", greaterThan(1));
    }

    private static JwtClaims claims(String token) throws Exception {
        return new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setSkipDefaultAudienceValidation()
                .build()
                .processToClaims(token);
    }

    private RequestSpecification asks() {
        return given().auth().oauth2(token);
    }

    private Response me() {
        return asks().get(ME);
    }

    private Response patch(String body) {
        return asks().contentType(ContentType.JSON).body(body).patch(ME);
    }

    private Response patch(String body, String ifMatch) {
        return asks().header("If-Match", ifMatch)
                .contentType(ContentType.JSON)
                .body(body)
                .patch(ME);
    }

    private static Instant time(Response profile) {
        return Instant.parse(profile.path("updatedAt"));
    }

    private static String newName() {
        return "n" + UUID.randomUUID().toString().replace("-", "").substring(0, 24);
    }
}
