package io.heliograph.user.signin;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.AuditLines;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class PasswordTest {

    private static final String NEXT = "battery staple";

    /** A hash of {@code correct horse} at a former cost. */
    private static final String OLD_HASH =
            "$argon2id$v=19$m=1024,t=2,p=1$c2l4dGVlbiBieXRlcy4uIQ$Jj+IuzIwyErmqtFHJ8FW5uaGTqWxbIuemzJf/UNA3zo";

    /** The same at a cost of some 50 ms, so that the queue overflows. */
    private static final String SLOW_HASH =
            "$argon2id$v=19$m=1024,t=40,p=1$c2l4dGVlbiBieXRlcy4uIQ$1/aqU0tvhQ1IrlmIG11RTBr4wel/i92EL2Hww2uLPBI";

    /** More requests than are checked and queued together. */
    private static final int CROWD = 150;

    private final AuditLines audit = new AuditLines();

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    /** Set by {@link TestSettings}. */
    TestKeys keys;

    @Test
    void shouldChangeThePasswordAndEndAllOtherSessions() {
        Person ada = Person.register();
        Response here = ada.signIn();
        Response elsewhere = ada.signIn();

        Response changed = change(here, ada.password(), NEXT);

        changed.then().statusCode(204);
        assertProblem(ada.signIn(), 401, "bad_credentials");
        Person.signIn(ada.username(), NEXT).then().statusCode(200);
        refresh(here).then().statusCode(200);
        assertProblem(refresh(elsewhere), 401, "invalid_refresh_token");
        assertEquals(
                List.of("session_revocation", "password_change"),
                audit.of(changed.header("X-Request-Id")).stream()
                        .map(line -> line.getString("event"))
                        .toList());
    }

    @Test
    void shouldBoundWrongCurrentPasswordsLikeSignIns() {
        Response session = Person.register().signIn();
        for (int i = 0; i < 5; i++) {
            assertProblem(change(session, "not the password", NEXT), 403, "wrong_password");
        }
        assertProblem(change(session, "not the password", NEXT), 429, "too_many_sign_ins");
    }

    @Test
    void shouldNotChangeThePasswordFromASessionThatHasEnded() {
        Person ada = Person.register();
        Response session = ada.signIn();
        post("/api/auth/logout", Map.of("refreshToken", session.path("refreshToken")));
        assertProblem(change(session, ada.password(), NEXT), 401, "token_revoked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"short", "password1", "QwertyUIOP", "Iloveyou", "aaaaaaaaaaaa", "heliograph1", "1234567890"})
    void shouldRejectACommonPassword(String common) {
        Person ada = Person.register();
        assertProblem(change(ada.signIn(), ada.password(), common), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("newPassword")));
        String name = "r" + Long.toHexString(System.nanoTime());
        Map<String, String> body = Map.of("username", name, "email", name + "@example.org", "password", common);
        assertProblem(post("/api/auth/register", body), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("password")));
    }

    @Test
    void shouldRejectAPasswordThatEqualsTheName() {
        Person ada = Person.register();
        Response session = ada.signIn();
        for (String name : List.of(ada.username().toUpperCase(Locale.ROOT), ada.email())) {
            assertProblem(change(session, ada.password(), name), 400, "invalid_request")
                    .body("errors.field", equalTo(List.of("newPassword")));
        }
        String name = "r" + Long.toHexString(System.nanoTime());
        Map<String, String> body = Map.of(
                "username", name, "email", "first.last" + name + "@example.org", "password", "First.Last" + name);
        assertProblem(post("/api/auth/register", body), 400, "invalid_request")
                .body("errors.field", equalTo(List.of("password")));
    }

    @Test
    void shouldLetAnAdministratorGiveAPasswordToAUserWithoutOne() throws SQLException {
        Person ada = Person.register();
        Response before = ada.signIn();
        set(ada, "password_hash = null");
        UUID admin = UUID.randomUUID();
        assertProblem(ada.signIn(), 401, "bad_credentials");

        Response given = give(admin, "admin", ada.id());

        given.then().statusCode(204);
        Person.signIn(ada.username(), NEXT).then().statusCode(200);
        assertProblem(refresh(before), 401, "invalid_refresh_token");
        List<JsonPath> lines = audit.of(given.header("X-Request-Id"));
        JsonPath last = lines.get(lines.size() - 1);
        assertEquals("password_change", last.getString("event"));
        assertEquals(admin.toString(), last.getString("by"));
    }

    @Test
    void shouldLetOnlyAdministratorsGivePasswordsAndOnlyToExistingUsers() {
        assertProblem(give(UUID.randomUUID(), "user", Person.register().id()), 403, "forbidden");
        assertProblem(give(UUID.randomUUID(), "admin", UUID.randomUUID()), 404, "user_not_found");
    }

    @Test
    void shouldRehashAPasswordAtASignInAfterAChangeOfTheCost() throws SQLException {
        Person ada = Person.register();
        set(ada, "password_hash = '" + OLD_HASH + "'");

        Response signedIn = ada.signIn();

        signedIn.then().statusCode(200);
        await().until(() -> hash(ada).startsWith("$argon2id$v=19$m=1024,t=1,p=1$"));
        await().until(() -> audit.of(signedIn.header("X-Request-Id")).stream()
                .anyMatch(line -> "rehash".equals(line.getString("event"))));
        String hash = hash(ada);
        ada.signIn().then().statusCode(200);
        assertEquals(hash, hash(ada));
    }

    @Test
    void shouldServeReadsWhileTheQueueOfPasswordChecksIsFull() throws SQLException {
        Person ada = Person.register();
        String token = ada.accessToken();
        set(ada, "password_hash = '" + SLOW_HASH + "'");
        ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
        try {
            List<CompletableFuture<Response>> signIns = IntStream.range(0, CROWD)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> Person.signInFrom("198.18.7." + i, ada.username(), ada.password()), crowd))
                    .toList();
            await().until(() -> signIns.stream().anyMatch(PasswordTest::isRefused));

            given().auth().oauth2(token).get("/api/users/me").then().statusCode(200);

            assertTrue(signIns.stream().anyMatch(signIn -> !signIn.isDone()), "all were checked before the read");
            Response refused = signIns.stream()
                    .filter(PasswordTest::isRefused)
                    .findFirst()
                    .orElseThrow()
                    .join();
            assertProblem(refused, 503, "overloaded").header("Retry-After", equalTo("2"));
        } finally {
            crowd.shutdown();
            // The next test must not find this queue.
            await().atMost(Duration.ofMinutes(5)).until(crowd::isTerminated);
        }
    }

    @Test
    void shouldServeOthersWhileOneUserChangesThePasswordRepeatedly() throws SQLException {
        Person ada = Person.register();
        Person grace = Person.register();
        Response session = ada.signIn();
        set(ada, "password_hash = '" + SLOW_HASH + "'");
        ExecutorService crowd = Executors.newFixedThreadPool(CROWD);
        try {
            List<CompletableFuture<Response>> changes = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> change("198.18.8.1", session, ada.password(), NEXT), crowd))
                    .limit(CROWD)
                    .toList();

            for (int i = 0; i < 3; i++) {
                grace.signIn().then().statusCode(200);
            }

            List<String> answers = changes.stream()
                    .map(CompletableFuture::join)
                    .map(answer -> answer.statusCode() == 204 ? "done" : answer.<String>path("code"))
                    .toList();
            // Of the queue of passwords; PostgreSQL may be slow on a busy machine.
            assertFalse(answers.contains("overloaded"), answers.toString());
            assertTrue(answers.contains("done"), answers.toString());
        } finally {
            crowd.shutdown();
            await().until(crowd::isTerminated);
        }
    }

    @Test
    void shouldAcceptAPasswordInAnyUnicodeForm() {
        String name = "r" + Long.toHexString(System.nanoTime());
        post(
                        "/api/auth/register",
                        Map.of("username", name, "email", name + "@example.org", "password", "caf\u00e9 au lait"))
                .then()
                .statusCode(201);

        Person.signIn(name, "cafe\u0301 au lait").then().statusCode(200);
        Person.signIn(name, "caf\u00e9 au lait").then().statusCode(200);
    }

    private static boolean isRefused(CompletableFuture<Response> signIn) {
        return signIn.isDone() && signIn.join().statusCode() == 503;
    }

    private static Response change(Response session, String current, String next) {
        return change("127.0.0.1", session, current, next);
    }

    private static Response change(String address, Response session, String current, String next) {
        return given().header("X-Forwarded-For", address)
                .auth()
                .oauth2(session.path("accessToken"))
                .contentType(ContentType.JSON)
                .body(Map.of("currentPassword", current, "newPassword", next))
                .put("/api/users/me/password");
    }

    private Response give(UUID admin, String role, UUID user) {
        return given().auth()
                .oauth2(keys.token(admin, claims -> claims.setStringListClaim("groups", List.of(role))))
                .contentType(ContentType.JSON)
                .body(Map.of("newPassword", NEXT))
                .put("/api/users/" + user + "/password");
    }

    private static Response refresh(Response session) {
        return post("/api/auth/refresh", Map.of("refreshToken", session.path("refreshToken")));
    }

    private void set(Person person, String what) throws SQLException {
        Database.run(postgres, "update users set %s where id = '%s'".formatted(what, person.id()));
    }

    private String hash(Person person) throws SQLException {
        return Database.text(postgres, "select password_hash from users where id = '%s'".formatted(person.id()));
    }
}
