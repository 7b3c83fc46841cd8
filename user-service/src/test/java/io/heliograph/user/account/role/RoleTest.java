package io.heliograph.user.account.role;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class RoleTest {

    private static final List<String> USER = List.of("user");
    private static final List<String> BOTH = List.of("user", "admin");

    PostgresServer postgres;
    TestKeys keys;

    @BeforeEach
    void leaveNoAdmin() throws Exception {
        Database.run(postgres, "update users set roles = '{user}' where 'admin' = any(roles)");
    }

    @Test
    void shouldPutNewRolesIntoTheNextToken() throws Exception {
        Person ada = Person.register();

        change(ada, List.of("admin", "user")).then().statusCode(200).body("roles", equalTo(BOTH));

        Admin.asks(keys).get(rolesOf(ada)).then().statusCode(200).body("roles", equalTo(BOTH));
        assertEquals(BOTH, groups(ada.accessToken()));
    }

    @Test
    void shouldKeepTheSessionsOfAUserWhoGainsARole() throws Exception {
        Person ada = Person.register();
        String refreshToken = ada.signIn().path("refreshToken");

        change(ada, BOTH).then().statusCode(200);

        Response renewed = refresh(refreshToken);
        renewed.then().statusCode(200);
        assertEquals(BOTH, groups(renewed.path("accessToken")));
    }

    @Test
    void shouldEndTheSessionsOfAUserWhoLosesARole() {
        Person ada = Person.register();
        change(Person.register(), BOTH);
        change(ada, BOTH);
        String refreshToken = ada.signIn().path("refreshToken");

        change(ada, USER).then().statusCode(200).body("roles", equalTo(USER));

        assertProblem(refresh(refreshToken), 401, "invalid_refresh_token");
    }

    @Test
    void shouldNotTakeTheRoleOfTheLastAdmin() {
        Person ada = Person.register();
        change(ada, BOTH).then().statusCode(200);

        assertProblem(change(ada, USER), 409, "last_admin");

        change(ada, List.of("admin")).then().statusCode(200);
        change(Person.register(), BOTH).then().statusCode(200);
        change(ada, USER).then().statusCode(200);
    }

    @Test
    void shouldNotDeleteTheLastAdmin() {
        Person ada = Person.register();
        change(ada, BOTH).then().statusCode(200);

        assertProblem(ada.asks().delete("/api/users/me"), 409, "last_admin");

        change(Person.register(), BOTH).then().statusCode(200);
        ada.asks().delete("/api/users/me").then().statusCode(204);
    }

    @RepeatedTest(5)
    void shouldKeepOneOfTwoAdminsWhoDeleteThemselvesAtOnce() {
        List<Person> admins = List.of(Person.register(), Person.register());
        admins.forEach(admin -> change(admin, BOTH).then().statusCode(200));
        List<String> tokens = admins.stream().map(Person::accessToken).toList();

        List<CompletableFuture<Integer>> answers = tokens.stream()
                .map(token -> CompletableFuture.supplyAsync(() ->
                        given().auth().oauth2(token).delete("/api/users/me").statusCode()))
                .toList();

        assertEquals(
                List.of(204, 409),
                answers.stream().map(CompletableFuture::join).sorted().toList());
    }

    @RepeatedTest(5)
    void shouldKeepOneOfTwoAdminsWhoLoseTheRoleAtOnce() {
        List<Person> admins = List.of(Person.register(), Person.register());
        admins.forEach(admin -> change(admin, BOTH).then().statusCode(200));

        List<CompletableFuture<Integer>> answers = admins.stream()
                .map(admin ->
                        CompletableFuture.supplyAsync(() -> change(admin, USER).statusCode()))
                .toList();

        assertEquals(
                List.of(200, 409),
                answers.stream().map(CompletableFuture::join).sorted().toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}                             | roles",
                "{\"roles\": null}              | roles",
                "{\"roles\": []}                | roles",
                "{\"roles\": \"admin\"}         | roles",
                "{\"roles\": {\"admin\": true}} | roles",
                "{\"roles\": [\"root\"]}        | roles[0]",
                "{\"roles\": [\"user\", null]}  | roles[1]",
                "{\"roles\": [\"Admin\"]}       | roles[0]",
                "{\"roles\": [\"admin\\n\"]}    | roles[0]",
                "{\"roles\": [1]}               | roles[0]",
                "{\"roles\": [\"user\",\"user\",\"admin\"]} | roles",
                "[]                             | body",
            })
    void shouldRejectInvalidRoles(String body, String field) {
        assertProblem(Admin.asks(keys).body(body).put(rolesOf(Person.register())), 400, "invalid_request")
                .body("errors.field", equalTo(List.of(field)));
    }

    @Test
    void shouldAllowOnlyAdmins() {
        Person ada = Person.register();
        Map<String, List<String>> body = Map.of("roles", BOTH);
        assertProblem(ada.asks().contentType(ContentType.JSON).body(body).put(rolesOf(ada)), 403, "forbidden");
        assertProblem(ada.asks().get(rolesOf(ada)), 403, "forbidden");
        assertProblem(given().contentType(ContentType.JSON).body(body).put(rolesOf(ada)), 401, "unauthenticated");
    }

    @Test
    void shouldNotFindAUserThatDoesNotExist() {
        String absent = "/api/users/" + UUID.randomUUID() + "/roles";
        assertProblem(Admin.asks(keys).get(absent), 404, "user_not_found");
        assertProblem(Admin.asks(keys).body(Map.of("roles", USER)).put(absent), 404, "user_not_found");
    }

    private Response change(Person person, List<String> roles) {
        return Admin.asks(keys).body(Map.of("roles", roles)).put(rolesOf(person));
    }

    private static String rolesOf(Person person) {
        return "/api/users/" + person.id() + "/roles";
    }

    private static Response refresh(String token) {
        return post("/api/auth/refresh", Map.of("refreshToken", token));
    }

    private static List<String> groups(String token) throws Exception {
        return new JwtConsumerBuilder()
                .setSkipSignatureVerification()
                .setSkipDefaultAudienceValidation()
                .build()
                .processToClaims(token)
                .getStringListClaimValue("groups");
    }
}
