package io.heliograph.user.serviceaccount;

import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.AuditLines;
import io.heliograph.user.Backend;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class ServiceAccountTest {

    TestKeys keys;

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    @Test
    void shouldShowTheSecretWhenTheAccountIsMadeAndNeverAgain() throws SQLException {
        Response created = Backend.create(
                keys, Map.of("name", "Shop backend", "roles", List.of("impersonator", "integrator", "integrator")));

        created.then()
                .statusCode(201)
                .header("Cache-Control", equalTo("no-store"))
                .header("Location", equalTo("/api/service-accounts/" + created.path("id")))
                .body("clientId", equalTo(created.path("id")))
                .body("clientSecret", matchesPattern("hgcs_[A-Za-z0-9_-]{43}"))
                .body("name", equalTo("Shop backend"))
                .body("username", matchesPattern("shop-backend(-[0-9a-f]{6})?"))
                .body("roles", equalTo(List.of("integrator", "impersonator")))
                .body("secrets", hasSize(1));
        String secret = created.path("clientSecret");
        Admin.asks(keys)
                .get("/api/service-accounts/" + created.path("id"))
                .then()
                .statusCode(200)
                .body("$", not(hasKey("clientSecret")))
                .body("secrets[0].lastUsedAt", nullValue());
        assertEquals(
                0,
                Database.count(
                        postgres,
                        "select count(*) from client_secrets where position(convert_to('%s', 'UTF8') in hash) > 0"
                                .formatted(secret)));
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void shouldRejectAnInvalidServiceAccount(Object body, String field) {
        assertProblem(Backend.create(keys, body), 400, "invalid_request")
                .body("errors[0].field", containsString(field));
    }

    static Stream<Arguments> invalid() {
        return Stream.of(
                Arguments.of(Map.of("roles", List.of("user")), "name"),
                Arguments.of(Map.of("name", "n".repeat(65), "roles", List.of("user")), "name"),
                Arguments.of(Map.of("name", "n\u0000", "roles", List.of("user")), "name"),
                Arguments.of(Map.of("name", "n"), "roles"),
                Arguments.of(Map.of("name", "n", "roles", List.of()), "roles"),
                Arguments.of(Map.of("name", "n", "roles", List.of("admin")), "roles"),
                Arguments.of(Map.of("name", "n", "roles", List.of("user", "user", "user", "user")), "roles"),
                Arguments.of(Map.of("name", "n", "roles", List.of("user"), "issuer", "i".repeat(256)), "issuer"));
    }

    @Test
    void shouldLetOnlyAdministratorsManageServiceAccounts() {
        Backend backend = Backend.with(keys, "integrator", "impersonator");
        String token = backend.requestToken().path("access_token");
        Person person = Person.register();
        String path = "/api/service-accounts/" + backend.id();

        assertProblem(given().get("/api/service-accounts"), 401, "unauthenticated");
        assertProblem(person.asks().get("/api/service-accounts"), 403, "forbidden");
        assertProblem(given().auth().oauth2(token).get(path), 403, "forbidden");
        assertProblem(given().auth().oauth2(token).post(path + "/secrets"), 403, "forbidden");
        assertProblem(given().auth().oauth2(token).delete(path), 403, "forbidden");
    }

    @Test
    void shouldListServiceAccountsInPages() {
        List<String> made = List.of(
                Backend.with(keys, "user").clientId(),
                Backend.with(keys, "user").clientId());
        List<String> listed = new ArrayList<>();
        String next = null;
        do {
            Response page =
                    Admin.asks(keys).get("/api/service-accounts?limit=1" + (next == null ? "" : "&after=" + next));
            page.then().statusCode(200).body("items", hasSize(1)).body("items", everyItem(not(hasKey("clientSecret"))));
            listed.addAll(page.path("items.clientId"));
            next = page.path("next");
        } while (next != null);

        assertEquals(made, listed.stream().filter(made::contains).toList());
        assertProblem(Admin.asks(keys).get("/api/service-accounts?limit=0"), 400, "invalid_request");
        assertProblem(Admin.asks(keys).get("/api/service-accounts?after=x"), 400, "invalid_request");
    }

    @Test
    void shouldHaveAtMostTwoSecrets() {
        Backend first = Backend.with(keys, "integrator");

        Backend second = rotate(first);
        first.requestToken().then().statusCode(200);
        second.requestToken().then().statusCode(200);

        Backend third = rotate(first);
        first.requestToken().then().statusCode(401);
        second.requestToken().then().statusCode(200);
        third.requestToken().then().statusCode(200);
        Admin.asks(keys)
                .get("/api/service-accounts/" + first.id())
                .then()
                .body("secrets", hasSize(2))
                .body("secrets.lastUsedAt", everyItem(notNullValue()));
    }

    @Test
    void shouldRejectADeletedSecret() {
        Backend first = Backend.with(keys, "integrator");
        Response added = Admin.asks(keys).post("/api/service-accounts/" + first.id() + "/secrets");
        String path = added.header("Location");

        Admin.asks(keys).delete(path).then().statusCode(204);

        first.withSecret(added.path("clientSecret")).requestToken().then().statusCode(401);
        first.requestToken().then().statusCode(200);
        assertProblem(Admin.asks(keys).delete(path), 404, "secret_not_found");
    }

    @Test
    void shouldDeleteAnAccountWithItsSecretsAndItsName() throws SQLException {
        Backend backend = Backend.with(keys, "integrator");
        String path = "/api/service-accounts/" + backend.id();

        Admin.asks(keys).delete(path).then().statusCode(204);

        backend.requestToken().then().statusCode(401);
        assertProblem(Admin.asks(keys).get(path), 404, "service_account_not_found");
        assertProblem(Admin.asks(keys).delete(path), 404, "service_account_not_found");
        assertProblem(Admin.asks(keys).post(path + "/secrets"), 404, "service_account_not_found");
        assertProblem(Person.register().asks().get("/api/users/" + backend.id()), 404, "user_not_found");
        assertEquals(
                1,
                Database.count(
                        postgres,
                        "select count(*) from users where id = '%s' and deleted_at is not null"
                                .formatted(backend.id())));
    }

    @Test
    void shouldShowOthersThatItIsABot() {
        Backend backend = Backend.with(keys, "integrator");
        Person person = Person.register();

        person.asks().get("/api/users/" + backend.id()).then().statusCode(200).body("bot", equalTo(true));
        person.asks().get("/api/users/" + person.id()).then().statusCode(200).body("$", not(hasKey("bot")));
    }

    @Test
    void shouldNotGiveABackendAPasswordOrARoleOfAUser() {
        Backend backend = Backend.with(keys, "integrator");

        assertProblem(
                Admin.asks(keys)
                        .body(Map.of("newPassword", "correct horse battery"))
                        .put("/api/users/" + backend.id() + "/password"),
                404,
                "user_not_found");
        assertProblem(
                Admin.asks(keys)
                        .body(Map.of("roles", List.of("user", "admin")))
                        .put("/api/users/" + backend.id() + "/roles"),
                404,
                "user_not_found");
    }

    @Test
    void shouldNotLetABackendDeleteItselfOrChangeItsAddress() {
        String token = Backend.with(keys, "integrator").requestToken().path("access_token");

        assertProblem(given().auth().oauth2(token).delete("/api/users/me"), 403, "recent_sign_in_required");
        assertProblem(
                given().auth()
                        .oauth2(token)
                        .contentType("application/json")
                        .body(Map.of("email", "backend@example.org"))
                        .patch("/api/users/me"),
                403,
                "recent_sign_in_required");
    }

    @Test
    void shouldAuditEachChangeWithoutASecret() {
        AuditLines audit = new AuditLines();
        String requestId = UUID.randomUUID().toString();

        Response created = Admin.asks(keys)
                .header("X-Request-Id", requestId)
                .body(Map.of("name", "Audited", "roles", List.of("integrator")))
                .post("/api/service-accounts");
        Backend backend = Backend.of(created);
        String path = "/api/service-accounts/" + backend.id();
        Response rotated = Admin.asks(keys).header("X-Request-Id", requestId).post(path + "/secrets");
        Admin.asks(keys)
                .header("X-Request-Id", requestId)
                .delete(path + "/secrets/" + rotated.path("id"))
                .then()
                .statusCode(204);
        Admin.asks(keys).header("X-Request-Id", requestId).delete(path).then().statusCode(204);

        assertEquals(
                List.of("service_account_creation", "secret_rotation", "secret_revocation", "service_account_deletion"),
                audit.of(requestId).stream()
                        .map(line -> line.getString("event"))
                        .toList());
        audit.of(requestId).forEach(line -> assertEquals(backend.clientId(), line.getString("user")));
        assertFalse(audit.text().contains(backend.secret()));
        assertFalse(audit.text().contains(rotated.path("clientSecret")));
    }

    private Backend rotate(Backend backend) {
        Response added = Admin.asks(keys).post("/api/service-accounts/" + backend.id() + "/secrets");
        added.then().statusCode(201).header("Cache-Control", equalTo("no-store"));
        return backend.withSecret(added.path("clientSecret"));
    }
}
