package io.heliograph.user.external;

import static io.heliograph.user.Person.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.blankOrNullString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.OpenIdProvider;
import io.heliograph.testsupport.OtherIssuers;
import io.heliograph.user.Database;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.keys.EllipticCurves;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of external issuers, in a service that knows two of them. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class ExternalIdentityTest {

    OtherIssuers issuers;
    TestKeys ours;

    /** Set by {@link EmbeddedStores}. */
    PostgresServer postgres;

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void shouldMakeAnAccountAtTheFirstRequest(String algorithm) {
        String username = unique();
        String token = issuers.chat().token(algorithm, claims -> {
            claims.setSubject(unique());
            claims.setStringClaim("preferred_username", username);
            claims.setStringClaim("name", "Ada Lovelace");
            claims.setStringClaim("email", username + "@example.org");
            claims.setClaim("email_verified", true);
        });

        Response me = me(token);

        me.then()
                .statusCode(200)
                .body("id", matchesPattern(".{14}8.*"))
                .body("username", equalTo(username))
                .body("displayName", equalTo("Ada Lovelace"))
                .body("email", equalTo(username + "@example.org"));
        Person.register()
                .asks()
                .get("/api/users/" + me.path("id"))
                .then()
                .statusCode(200)
                .body("username", equalTo(username));
    }

    @Test
    void shouldFindTheAccountAgainAfterAChangedUsername() {
        String subject = unique();
        String username = unique();

        Response first = me(chat(subject, named(username)));
        Response again = me(chat(subject, named(unique())));

        assertEquals(first.body().asString(), again.body().asString());
    }

    @Test
    void shouldApplyOnlyChangedClaimsOfNewerTokens() {
        String subject = unique();
        String address = unique() + "@example.org";
        long start = Instant.now().getEpochSecond() - 100;
        me(issuedAt(subject, start, "Ada", null)).then().body("displayName", equalTo("Ada"));

        String second = issuedAt(subject, start + 2, "Ada King", address);
        me(second).then().body("displayName", equalTo("Ada King")).body("email", equalTo(address));
        // An older token that is still in use somewhere.
        me(issuedAt(subject, start + 1, "Ada", null)).then().body("displayName", equalTo("Ada King"));

        given().auth()
                .oauth2(second)
                .contentType("application/json")
                .body(Map.of("displayName", "Countess"))
                .patch("/api/users/me")
                .then()
                .statusCode(200);
        me(issuedAt(subject, start + 3, "Ada King", address)).then().body("displayName", equalTo("Countess"));
    }

    @Test
    void shouldNotApplyAnAddressOfAnotherAccount() {
        String subject = unique();
        Person other = Person.register();
        long start = Instant.now().getEpochSecond() - 100;
        me(issuedAt(subject, start, "Ada", null)).then().statusCode(200);

        me(issuedAt(subject, start + 1, "Ada King", other.email()))
                .then()
                .body("displayName", equalTo("Ada King"))
                .body("email", blankOrNullString());
    }

    @Test
    void shouldMakeOneAccountForConcurrentFirstRequests() throws SQLException {
        String subject = unique();
        String username = unique();
        String token = chat(subject, named(username));

        Set<String> seen = atOnce(50, () -> token).stream()
                .map(answer -> answer.then().statusCode(200).extract().asString())
                .collect(Collectors.toSet());

        assertEquals(1, seen.size(), seen.toString());
        assertEquals(1, identities(subject));
        assertEquals(
                1, Database.count(postgres, "select count(*) from users where username = '%s'".formatted(username)));
    }

    @Test
    void shouldGiveUsersOfOneNameDifferentUsernames() {
        String username = unique();

        Set<String> names = atOnce(20, () -> chat(unique(), named(username))).stream()
                .map(answer -> answer.then().statusCode(200).extract().<String>path("username"))
                .collect(Collectors.toSet());

        assertEquals(20, names.size());
        names.forEach(name -> assertEquals(username.substring(0, 24), name.substring(0, 24)));
    }

    @Test
    void shouldSeparateUsersOfTwoIssuers() throws SQLException {
        String subject = unique();
        Consumer<JwtClaims> ada = claims -> claims.setSubject(subject);

        String here = me(issuers.chat().token("RS256", ada)).path("id");
        String there = me(issuers.shop().token("RS256", ada)).path("id");

        assertNotEquals(here, there);
        assertEquals(2, identities(subject));
    }

    @Test
    void shouldNeverMapASubjectToALocalAccount() {
        Person ours = Person.register();

        Response me = me(chat(ours.id().toString(), claims -> {
            claims.setStringClaim("preferred_username", ours.username());
            claims.setStringClaim("email", ours.email());
            claims.setClaim("email_verified", true);
        }));

        me.then()
                .statusCode(200)
                .body("id", not(equalTo(ours.id().toString())))
                .body("username", matchesPattern(ours.username().substring(0, 24) + "-[0-9a-f]{6}"))
                .body("email", blankOrNullString());
        ours.asks().get("/api/users/me").then().body("email", equalTo(ours.email()));
    }

    @Test
    void shouldIgnoreAnUnverifiedAddress() {
        String address = unique() + "@example.org";

        me(chat(unique(), claims -> claims.setStringClaim("email", address)))
                .then()
                .statusCode(200)
                .body("email", blankOrNullString());

        Person.register(unique(), address);
    }

    @ParameterizedTest
    @MethodSource("hostileNames")
    void shouldDeriveAUsernameFromAnInvalidOne(String claimed, String made) {
        me(chat(unique(), named(claimed)))
                .then()
                .statusCode(200)
                .body("username", matchesPattern(made + "-[0-9a-f]{6}"));
    }

    static Stream<Arguments> hostileNames() {
        return Stream.of(
                arguments("ada.lovelace@example.org", "ada.lovelace"),
                arguments("Ада", "user"),
                arguments("", "user"),
                arguments("x", "x"),
                arguments("..//../etc/passwd", "etcpasswd"),
                arguments("a\0b\nc\u202Ed", "abcd"),
                arguments("'; drop table users; --", "droptableusers--"),
                arguments("y".repeat(4_000), "y".repeat(24)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\0", "a\u202Eb", "a\nb", " ", "\u200B"})
    void shouldUseTheUsernameInPlaceOfAnInvalidName(String name) {
        assertCalledByUsername(name);
    }

    @Test
    void shouldUseTheUsernameInPlaceOfATooLongName() {
        assertCalledByUsername("n".repeat(4_000));
    }

    @Test
    void shouldIgnoreClaimsOfAnotherType() {
        me(chat(unique(), claims -> {
                    claims.setClaim("preferred_username", 42);
                    claims.setClaim("name", List.of("Ada"));
                    claims.setClaim("email", Map.of());
                    claims.setClaim("email_verified", true);
                }))
                .then()
                .statusCode(200)
                .body("username", matchesPattern("user-[0-9a-f]{6}"));
    }

    @Test
    void shouldNotAllowASignInByPassword() {
        String username = unique();
        me(chat(unique(), named(username))).then().statusCode(200);

        assertProblem(Person.signIn(username, "correct horse"), 401, "bad_credentials");
        assertProblem(
                post(
                        "/api/auth/register",
                        Map.of("username", username, "email", unique() + "@example.org", "password", "correct horse")),
                409,
                "username_taken");
    }

    @Test
    void shouldNotRestoreADeletedAccount() throws SQLException {
        String subject = unique();
        // As on a replica that does not know the user, whom another one knows.
        UUID gone = UUID.randomUUID();
        Database.run(
                postgres,
                "insert into external_identities (issuer, subject, user_id) values ('%s', '%s', '%s')"
                        .formatted(issuers.shop().issuer(), subject, gone));

        Response refused = me(issuers.shop().token("RS256", claims -> claims.setSubject(subject)));

        assertProblem(refused, 401, "token_revoked");
        assertEquals(
                0,
                Database.count(
                        postgres,
                        "select count(*) from users u join external_identities e on e.user_id = u.id"
                                + " where e.subject = '%s'".formatted(subject)));
    }

    @Test
    void shouldRejectTokensWithInvalidClaimsOrAlgorithms() {
        assertRefused(chat(unique(), claims -> claims.setAudience("billing")));
        assertRefused(chat(unique(), claims -> claims.unsetClaim("aud")));
        assertRefused(chat(unique(), claims -> claims.setExpirationTimeMinutesInTheFuture(-2)));
        assertRefused(chat(unique(), claims -> claims.setIssuer("https://elsewhere.example")));
        assertRefused(chat(unique(), claims -> claims.setClaim("groups", List.of(1))));
        assertRefused(chat("s".repeat(256), claims -> {}));
        assertRefused(chat("a\0b", claims -> {}));
        assertRefused(chat("", claims -> {}));
        assertRefused(issuers.chat().token("RS512", claims -> {}));
        assertRefused(issuers.chat().token("none", claims -> {}));
    }

    @Test
    void shouldRejectATokenOfOneIssuerInTheNameOfAnother() {
        OpenIdProvider chat = issuers.chat();
        Person ada = Person.register();

        assertRefused(issuers.shop().token("RS256", claims -> claims.setIssuer(chat.issuer())));
        assertRefused(chat.token("ES256", claims -> {
            claims.setIssuer("heliograph");
            claims.setAudience("heliograph");
            claims.setSubject(ada.id().toString());
        }));
        assertRefused(ours.token(ada.id(), claims -> {
            claims.setIssuer(chat.issuer());
            claims.setAudience(OpenIdProvider.AUDIENCE);
        }));
    }

    @Test
    void shouldRejectAnUnpublishedKey() throws Exception {
        JsonWebKey unknown = OpenIdProvider.named(EcJwkGenerator.generateJwk(EllipticCurves.P256));

        assertRefused(issuers.chat().sign("ES256", unknown, claims -> claims.setSubject(unique())));
    }

    @Test
    void shouldFollowARotationAndKeepKnownKeysWhileTheIssuerIsDown() {
        OpenIdProvider shop = issuers.shop();
        String before = shop.token("RS256", claims -> claims.setSubject("before"));
        me(before).then().statusCode(200);

        shop.leave();
        try {
            me(shop.token("RS256", claims -> claims.setSubject("same-key")))
                    .then()
                    .statusCode(200);
            shop.rotate();
            String after = shop.token("RS256", claims -> claims.setSubject("after"));
            assertProblem(me(after), 503, "keys_unavailable").header("Retry-After", equalTo("1"));
        } finally {
            shop.open();
        }

        await().until(() -> me(shop.token("RS256", claims -> {})).statusCode() == 200);
        assertRefused(before);
    }

    @Test
    void shouldShowExternalUsersToOthers() {
        Person ada = Person.register();
        String grace = me(chat(unique(), named(unique()))).path("id");

        ada.asks()
                .get("/api/users?ids=" + ada.id() + "," + grace)
                .then()
                .statusCode(200)
                .body("items", hasSize(2));
    }

    private void assertCalledByUsername(String name) {
        String username = unique();
        me(chat(unique(), named(username).andThen(claims -> claims.setStringClaim("name", name))))
                .then()
                .statusCode(200)
                .body("displayName", equalTo(username));
    }

    private static void assertRefused(String token) {
        assertProblem(me(token), 401, "invalid_token");
    }

    private String chat(String subject, Consumer<JwtClaims> change) {
        return issuers.chat().token("RS256", change.andThen(claims -> claims.setSubject(subject)));
    }

    /** A token of this second since 1970, with a verified address unless it is null. */
    private String issuedAt(String subject, long at, String name, String email) {
        return chat(subject, claims -> {
            claims.setIssuedAt(NumericDate.fromSeconds(at));
            claims.setStringClaim("name", name);
            if (email != null) {
                claims.setStringClaim("email", email);
                claims.setClaim("email_verified", true);
            }
        });
    }

    private static Consumer<JwtClaims> named(String username) {
        return claims -> claims.setStringClaim("preferred_username", username);
    }

    private static Response me(String token) {
        return given().auth().oauth2(token).get("/api/users/me");
    }

    private static List<Response> atOnce(int requests, Supplier<String> token) {
        return IntStream.range(0, requests)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> me(token.get())))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private long identities(String subject) throws SQLException {
        return Database.count(
                postgres, "select count(*) from external_identities where subject = '%s'".formatted(subject));
    }

    /** An unused username. */
    private static String unique() {
        return "e" + UUID.randomUUID().toString().replace("-", "").substring(0, 28);
    }
}
