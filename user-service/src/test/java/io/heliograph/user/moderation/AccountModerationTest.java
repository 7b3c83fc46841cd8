package io.heliograph.user.moderation;

import static io.heliograph.user.Problems.assertProblem;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.localstack.store.RedisServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.Backend;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes by administrators and integrators to the accounts of others. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class AccountModerationTest {

    private static final String REVOCATIONS = "heliograph:revocations";

    TestKeys keys;

    /** Set by {@link EmbeddedStores}, as is the other. */
    PostgresServer postgres;

    RedisServer redis;

    @AfterEach
    void startWhatWasStopped() {
        redis.start();
    }

    @Test
    void shouldRejectTheSignInOfABannedAccountWithTheReason() {
        Person ada = Person.register();
        Response session = ada.signIn();

        ban(ada, Map.of("reason", "spam"))
                .then()
                .statusCode(200)
                .body("username", equalTo(ada.username()))
                .body("reason", equalTo("spam"))
                .body("until", nullValue());

        assertProblem(ada.signIn(), 403, "account_banned").body("detail", equalTo("This account is banned: spam."));
        assertProblem(Person.signIn(ada.username(), "another password"), 401, "bad_credentials");
        assertProblem(refresh(session), 401, "invalid_refresh_token");
        assertNotNull(score("user:" + ada.id()), "its tokens are revoked");
    }

    @Test
    void shouldAllowASignInWhenTheBanIsLifted() {
        Person ada = Person.register();
        ban(ada, Map.of());

        admin().delete(path(ada)).then().statusCode(204);

        ada.signIn().then().statusCode(200);
        assertNull(score("user:" + ada.id()));
        assertNotNull(score("restored:" + ada.id()), "verifiers are notified");
        assertProblem(admin().get(path(ada)), 404, "ban_not_found");
        assertProblem(admin().delete(path(ada)), 404, "ban_not_found");
    }

    @Test
    void shouldEndABanAtItsTime() throws Exception {
        Person ada = Person.register();
        String until =
                Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS).toString();
        ban(ada, Map.of("until", until)).then().body("until", equalTo(until));
        assertProblem(ada.signIn(), 403, "account_banned").body("detail", containsString("until " + until));

        Database.run(postgres, "update users set banned_until = now() where id = '" + ada.id() + "'");

        await().until(() -> ada.signIn().statusCode() == 200);
        assertNull(score("user:" + ada.id()));
        events(ada).body("items[0].event", equalTo("account_unban")).body("items[0].actor", nullValue());
    }

    @Test
    void shouldRevokeAgainAtAnotherBan() {
        Person ada = Person.register();
        ban(ada, Map.of());
        admin().delete(path(ada)).then().statusCode(204);

        ban(ada, Map.of("reason", "again")).then().statusCode(200);

        assertNotNull(score("user:" + ada.id()));
        assertNull(score("restored:" + ada.id()));
        admin().get(path(ada)).then().body("reason", equalTo("again"));
    }

    @Test
    void shouldBanWithoutRedisAndPublishTheRevocationLater() {
        Person ada = Person.register();
        redis.kill();

        ban(ada, Map.of()).then().statusCode(200);
        assertProblem(ada.signIn(), 403, "account_banned");
        redis.start();

        await().until(() -> score("user:" + ada.id()) != null);
    }

    @Test
    void shouldLeaveNoSessionOfASignInThatRacesWithTheBan() throws Exception {
        Person ada = Person.register();
        for (int round = 0; round < 5; round++) {
            List<CompletableFuture<Response>> signIns = IntStream.range(0, 3)
                    .mapToObj(i -> CompletableFuture.supplyAsync(ada::signIn))
                    .toList();
            ban(ada, Map.of()).then().statusCode(200);
            signIns.forEach(CompletableFuture::join);

            admin().get("/api/users/" + ada.id() + "/sessions").then().body("items", hasSize(0));
            admin().delete(path(ada)).then().statusCode(204);
        }
    }

    @Test
    void shouldNotExchangeATokenForABannedUser() {
        Backend backend = Backend.with(keys, "impersonator");
        String subject = UUID.randomUUID().toString();
        String id = backend.exchange(subject, Map.of())
                .then()
                .statusCode(200)
                .extract()
                .path("user_id");

        admin().put("/api/users/" + id + "/ban").then().statusCode(200);
        backend.exchange(subject, Map.of()).then().statusCode(400).body("error", equalTo("invalid_grant"));

        admin().delete("/api/users/" + id + "/ban").then().statusCode(204);
        backend.exchange(subject, Map.of()).then().statusCode(200);
    }

    @Test
    void shouldBanForIntegratorsButNotAdministratorsOrBots() {
        Person ada = Person.register();
        RequestSpecification integrator = Admin.asks(keys)
                .auth()
                .oauth2(keys.token(
                        UUID.randomUUID(), claims -> claims.setStringListClaim("groups", List.of("integrator"))));
        integrator.put(path(ada)).then().statusCode(200);
        assertProblem(integrator.delete("/api/users/" + ada.id()), 403, "forbidden");
        assertProblem(integrator.get("/api/users/" + ada.id() + "/sessions"), 403, "forbidden");

        Person other = Person.register();
        admin().body(Map.of("roles", List.of("user", "admin")))
                .put("/api/users/" + other.id() + "/roles")
                .then()
                .statusCode(200);
        assertProblem(integrator.put(path(other)), 409, "user_is_admin");
        Backend backend = Backend.with(keys, "integrator");
        assertProblem(admin().put("/api/users/" + backend.id() + "/ban"), 404, "user_not_found");
        assertProblem(Person.register().asks().put(path(ada)), 403, "forbidden");
    }

    @Test
    void shouldMakeNoAdministratorOfABannedAccount() {
        Person ada = Person.register();
        String roles = "/api/users/" + ada.id() + "/roles";
        Map<String, Object> administrator = Map.of("roles", List.of("user", "admin"));
        admin().put(path(ada)).then().statusCode(200);

        assertProblem(admin().body(administrator).put(roles), 409, "user_is_banned");
        admin().body(Map.of("roles", List.of("user"))).put(roles).then().statusCode(200);

        admin().delete(path(ada)).then().statusCode(204);
        admin().body(administrator).put(roles).then().statusCode(200);
    }

    @Test
    void shouldValidateTheBodyOfABan() {
        Person ada = Person.register();

        assertProblem(ban(ada, Map.of("reason", "x".repeat(501))), 400, "invalid_request");
        assertProblem(ban(ada, Map.of("until", Instant.now().minusSeconds(1).toString())), 400, "invalid_request");
        assertProblem(ban(ada, Map.of("until", "+99999-01-01T00:00:00Z")), 400, "invalid_request");
        assertProblem(admin().put("/api/users/" + UUID.randomUUID() + "/ban"), 404, "user_not_found");
    }

    @Test
    void shouldListTheAccountsThatAreBanned() {
        Person ada = Person.register();
        Person grace = Person.register();
        ban(ada, Map.of());
        ban(grace, Map.of());

        admin().get("/api/users/bans?limit=200")
                .then()
                .statusCode(200)
                .body("items.username", hasItem(ada.username()))
                .body("items.username", hasItem(grace.username()));
        String next = admin().get("/api/users/bans?limit=1").then().extract().path("next");
        admin().get("/api/users/bans?limit=1&after=" + next)
                .then()
                .body("items", hasSize(1))
                .body("items[0].user", not(equalTo(next)));
    }

    @Test
    void shouldListAndEndTheSessionsOfAnAccount() {
        Person ada = Person.register();
        ada.signIn();
        Response here = ada.signIn();
        String sessions = "/api/users/" + ada.id() + "/sessions";

        List<String> ids =
                admin().get(sessions).then().statusCode(200).extract().path("items.id");
        assertEquals(2, ids.size());
        admin().delete(sessions + "/" + ids.get(0)).then().statusCode(204);
        assertProblem(admin().delete(sessions + "/" + ids.get(0)), 404, "session_not_found");
        admin().get(sessions).then().body("items.id", contains(ids.get(1)));
        admin().delete(sessions).then().statusCode(204);

        admin().get(sessions).then().body("items", hasSize(0));
        assertProblem(refresh(here), 401, "invalid_refresh_token");
        ids.forEach(id -> assertNotNull(score("session:" + id)));
        events(ada).body("items.event", contains("session_revocation", "session_revocation"));
        assertProblem(admin().get("/api/users/" + UUID.randomUUID() + "/sessions"), 404, "user_not_found");
    }

    @Test
    void shouldDeleteAnAccount() {
        Person ada = Person.register();
        ban(ada, Map.of("reason", "spam"));

        admin().delete("/api/users/" + ada.id() + "?reason=again").then().statusCode(204);

        assertProblem(ada.signIn(), 401, "bad_credentials");
        assertProblem(admin().get("/api/users/" + ada.id()), 404, "user_not_found");
        assertProblem(admin().get(path(ada)), 404, "ban_not_found");
        assertProblem(admin().delete(path(ada)), 404, "ban_not_found");
        assertProblem(admin().delete("/api/users/" + ada.id()), 404, "user_not_found");
        assertNotNull(score("user:" + ada.id()));
        events(ada)
                .body("items.event", contains("account_deletion", "account_ban"))
                .body("items.reason", contains("again", "spam"))
                .body("items[0].user.id", equalTo(ada.id().toString()))
                .body("items[0].user.username", nullValue());
    }

    @Test
    void shouldShowTheAuditLogPageByPageToAdministratorsAlone() {
        Person ada = Person.register();
        String until =
                Instant.now().plusSeconds(3_600).truncatedTo(ChronoUnit.SECONDS).toString();
        ban(ada, Map.of("reason", "spam", "until", until));
        admin().delete(path(ada));

        String events = "/api/users/audit-events?user=" + ada.id();
        Response first = admin().get(events + "&limit=1");
        first.then().statusCode(200).body("items.event", contains("account_unban"));
        admin().get(events + "&limit=1&after=" + first.path("next"))
                .then()
                .body("items.event", contains("account_ban"))
                .body("items[0].reason", equalTo("spam"))
                .body("items[0].until", equalTo(until))
                .body("next", nullValue());
        assertProblem(ada.asks().get(events), 403, "forbidden");
        assertTrue(admin().get("/api/users/audit-events")
                        .jsonPath()
                        .getList("items")
                        .size()
                >= 2);
    }

    private RequestSpecification admin() {
        return Admin.asks(keys);
    }

    private Response ban(Person person, Map<String, Object> body) {
        return admin().body(body).put(path(person));
    }

    private ValidatableResponse events(Person person) {
        return admin().get("/api/users/audit-events?user=" + person.id()).then().statusCode(200);
    }

    private String score(String member) {
        return redis.execute("ZSCORE " + REVOCATIONS + " " + member);
    }

    private static Response refresh(Response session) {
        return Person.post("/api/auth/refresh", Map.of("refreshToken", session.path("refreshToken")));
    }

    private static String path(Person person) {
        return "/api/users/" + person.id() + "/ban";
    }
}
