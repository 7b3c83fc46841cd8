package io.heliograph.user.oauth;

import static io.heliograph.user.Problems.assertProblem;
import static io.heliograph.user.oauth.TokenEndpointTest.assertRefused;
import static io.heliograph.user.oauth.TokenEndpointTest.claims;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.OtherIssuers;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tokens that a backend gets for the users of its product. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class TokenExchangeTest {

    TestKeys keys;
    OtherIssuers issuers;

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    @Test
    void shouldMakeAnAccountAtTheFirstExchange() throws Exception {
        Backend backend = Backend.with(keys, "impersonator");
        String username = unique();

        Response answer = backend.exchange(
                unique(),
                Map.of("username", username, "display_name", "Ada Lovelace", "email", username + "@example.org"));

        answer.then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("issued_token_type", equalTo("urn:ietf:params:oauth:token-type:access_token"))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900));
        JwtClaims claims = claims(answer);
        assertEquals(answer.path("user_id"), claims.getSubject());
        assertEquals(List.of("user"), claims.getStringListClaimValue("groups"));
        assertEquals(Map.of("sub", backend.clientId()), claims.getClaimValue("act"));
        assertFalse(claims.hasClaim("bot"));
        me(answer)
                .then()
                .statusCode(200)
                .body("id", equalTo(claims.getSubject()))
                .body("username", equalTo(username))
                .body("displayName", equalTo("Ada Lovelace"))
                .body("email", equalTo(username + "@example.org"));
    }

    @Test
    void shouldFindTheAccountForAnyBackendOfTheProduct() {
        String subject = unique();

        String first = id(Backend.with(keys, "impersonator").exchange(subject, Map.of()));
        String again = id(Backend.with(keys, "impersonator").exchange(subject, Map.of()));

        assertEquals(first, again);
    }

    @Test
    void shouldMakeOneAccountForConcurrentFirstRequests() throws SQLException {
        Backend backend = Backend.with(keys, "impersonator");
        String subject = unique();
        String username = unique();

        Set<String> ids = IntStream.range(0, 20)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> id(backend.exchange(subject, Map.of("username", username)))))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .collect(Collectors.toSet());

        assertEquals(1, ids.size(), ids.toString());
        assertEquals(
                1,
                Database.count(postgres, "select count(*) from users where username like '%s%%'".formatted(username)));
    }

    @Test
    void shouldApplyOnlyChangedValuesOfTheProduct() {
        Backend backend = Backend.with(keys, "impersonator");
        String subject = unique();
        String username = unique();
        Map<String, String> profile = Map.of("username", username, "display_name", "Ada");
        Response first = backend.exchange(subject, profile);
        given().auth()
                .oauth2(first.path("access_token"))
                .contentType("application/json")
                .body(Map.of("displayName", "Countess"))
                .patch("/api/users/me")
                .then()
                .statusCode(200);

        me(backend.exchange(subject, profile)).then().body("displayName", equalTo("Countess"));
        me(backend.exchange(subject, Map.of())).then().body("displayName", equalTo("Countess"));

        String renamed = unique();
        me(backend.exchange(
                        subject,
                        Map.of("username", renamed, "display_name", "Ada King", "email", renamed + "@example.org")))
                .then()
                .body("username", equalTo(renamed))
                .body("displayName", equalTo("Ada King"))
                .body("email", equalTo(renamed + "@example.org"));
    }

    @Test
    void shouldNotApplyANameOrAddressOfAnotherAccount() {
        Backend backend = Backend.with(keys, "impersonator");
        Person other = Person.register();
        Map<String, String> taken = Map.of("username", other.username(), "email", other.email());
        String subject = unique();

        me(backend.exchange(subject, taken))
                .then()
                .body("username", matchesPattern(other.username().substring(0, 24) + "-[0-9a-f]{6}"))
                .body("email", blankOrNullString());

        String known = unique();
        String name = unique();
        backend.exchange(known, Map.of("username", name)).then().statusCode(200);
        Map<String, String> change = new HashMap<>(taken);
        change.put("display_name", "Grace");
        me(backend.exchange(known, change))
                .then()
                .body("username", equalTo(name))
                .body("displayName", equalTo("Grace"))
                .body("email", blankOrNullString());
    }

    @Test
    void shouldAllowOnlyImpersonators() {
        assertRefused(Backend.with(keys, "integrator", "user").exchange(unique(), Map.of()), "unauthorized_client");
    }

    @Test
    void shouldNotIssueATokenForAnAdmin() {
        Backend backend = Backend.with(keys, "impersonator");
        String subject = unique();
        String id = id(backend.exchange(subject, Map.of()));
        Admin.asks(keys)
                .body(Map.of("roles", List.of("user", "admin")))
                .put("/api/users/" + id + "/roles")
                .then()
                .statusCode(200);

        assertRefused(backend.exchange(subject, Map.of("display_name", "Changed")), "invalid_grant");
        Person.register().asks().get("/api/users/" + id).then().body("displayName", matchesPattern("user-.*"));
    }

    @Test
    void shouldNotIssueATokenForAnAdminOfTheExternalIssuer() {
        String subject = unique();
        Backend backend = Backend.of(Backend.create(
                keys,
                Map.of(
                        "name",
                        "Shop",
                        "roles",
                        List.of("impersonator"),
                        "issuer",
                        issuers.shop().issuer())));
        String token = issuers.shop().token("RS256", claims -> {
            claims.setSubject(subject);
            claims.setStringListClaim("groups", "user", "admin");
        });
        given().auth().oauth2(token).get("/api/users/me").then().statusCode(200);

        assertRefused(backend.exchange(subject, Map.of()), "invalid_grant");
    }

    @Test
    void shouldNotRestoreADeletedAccount() throws SQLException {
        Backend backend = Backend.with(keys, "impersonator");
        String subject = unique();
        String id = id(backend.exchange(subject, Map.of("display_name", "Ada")));
        String session = keys.token(UUID.fromString(id), claims -> {});
        given().auth().oauth2(session).delete("/api/users/me").then().statusCode(204);

        assertRefused(backend.exchange(subject, Map.of()), "invalid_grant");
        assertEquals(
                0,
                Database.count(
                        postgres,
                        "select count(*) from external_identities where subject = '%s' and claimed_name is not null"
                                .formatted(subject)));
    }

    @Test
    void shouldFindTheAccountByATokenOfTheBackendsIssuer() {
        String subject = unique();
        Backend backend = Backend.of(Backend.create(
                keys,
                Map.of(
                        "name",
                        "Chat",
                        "roles",
                        List.of("impersonator"),
                        "issuer",
                        issuers.chat().issuer())));
        String id = id(backend.exchange(subject, Map.of("display_name", "Ada")));

        String token = issuers.chat().token("RS256", claims -> claims.setSubject(subject));
        given().auth()
                .oauth2(token)
                .get("/api/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("displayName", equalTo("Ada"));
        assertNotEquals(id, id(Backend.with(keys, "impersonator").exchange(subject, Map.of())));
    }

    @Test
    void shouldNotLetABackendDeleteAnAccount() {
        String token =
                Backend.with(keys, "impersonator").exchange(unique(), Map.of()).path("access_token");

        assertProblem(given().auth().oauth2(token).delete("/api/users/me"), 403, "recent_sign_in_required");
    }

    @ParameterizedTest
    @CsvSource({
        "subject_token, ''",
        "subject_token, 'a\nb'",
        "subject_token_type, urn:ietf:params:oauth:token-type:jwt",
        "requested_token_type, urn:ietf:params:oauth:token-type:refresh_token",
        "actor_token, x",
        "username, a b",
        "email, nobody",
        "display_name, 'a\nb'",
    })
    void shouldRejectAnInvalidExchange(String parameter, String value) {
        Map<String, String> form = new HashMap<>(Map.of(
                "grant_type", Backend.EXCHANGE, "subject_token", unique(), "subject_token_type", Backend.USER_ID));
        form.put(parameter, value);

        assertRefused(Backend.with(keys, "impersonator").requestToken(form), "invalid_request");
    }

    @Test
    void shouldRejectAProductIdThatIsTooLong() {
        Backend backend = Backend.with(keys, "impersonator");

        backend.exchange("s".repeat(223) + unique(), Map.of()).then().statusCode(200);
        assertRefused(backend.exchange("s".repeat(256), Map.of()), "invalid_request");
    }

    @Test
    void shouldAuditTheBackendAndTheUser() throws Exception {
        AuditLines audit = new AuditLines();
        Backend backend = Backend.with(keys, "impersonator");

        Response answer = backend.exchange(unique(), Map.of());

        var line = audit.of(answer.header("X-Request-Id")).get(0);
        assertEquals("token_exchange", line.getString("event"));
        assertEquals(claims(answer).getSubject(), line.getString("user"));
        assertEquals(backend.clientId(), line.getString("by"));
    }

    private static Response me(Response exchanged) {
        exchanged.then().statusCode(200);
        return given().auth().oauth2(exchanged.path("access_token")).get("/api/users/me");
    }

    private static String id(Response exchanged) {
        return me(exchanged).then().statusCode(200).extract().path("id");
    }

    /** An unused username or id. */
    private static String unique() {
        return "x" + UUID.randomUUID().toString().replace("-", "").substring(0, 28);
    }
}
