package io.heliograph.user.oauth;

import static io.heliograph.user.Backend.basic;
import static io.heliograph.user.Backend.post;
import static io.heliograph.user.Problems.assertProblem;
import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Admin;
import io.heliograph.user.Backend;
import io.heliograph.user.Person;
import io.heliograph.user.TestKeys;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client credentials grant, and what is true of every request for a token. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class TokenEndpointTest {

    private static final Map<String, String> CLIENT_CREDENTIALS = Map.of("grant_type", "client_credentials");

    TestKeys keys;

    @Test
    void shouldGiveABackendATokenOfItsOwn() throws Exception {
        Backend backend = Backend.with(keys, "integrator");

        Response answer = backend.requestToken();

        answer.then()
                .statusCode(200)
                .contentType(ContentType.JSON)
                .header("Cache-Control", equalTo("no-store"))
                .body("token_type", equalTo("Bearer"))
                .body("expires_in", equalTo(900));
        JwtClaims claims = claims(answer);
        assertEquals("heliograph", claims.getIssuer());
        assertEquals(List.of("heliograph"), claims.getAudience());
        assertEquals(backend.clientId(), claims.getSubject());
        assertEquals(backend.clientId(), claims.getStringClaimValue("client_id"));
        assertEquals(List.of("integrator"), claims.getStringListClaimValue("groups"));
        assertEquals(true, claims.getClaimValue("bot"));
        assertFalse(claims.hasClaim("auth_time"));
        given().auth()
                .oauth2(answer.path("access_token"))
                .get("/api/users/me")
                .then()
                .statusCode(200)
                .body("id", equalTo(backend.clientId()));
    }

    @Test
    void shouldUseTheSecretAsTheSessionOfItsTokens() throws Exception {
        Backend first = Backend.with(keys, "integrator");
        Response added = Admin.asks(keys).post("/api/service-accounts/" + first.id() + "/secrets");
        Backend second = first.withSecret(added.path("clientSecret"));

        assertEquals(added.path("id"), claims(second.requestToken()).getStringClaimValue("sid"));
        assertNotEquals(added.path("id"), claims(first.requestToken()).getStringClaimValue("sid"));
    }

    @Test
    void shouldAcceptTheSecretInTheBody() {
        Backend backend = Backend.with(keys, "integrator");

        post(
                        null,
                        Map.of(
                                "grant_type",
                                "client_credentials",
                                "client_id",
                                backend.clientId(),
                                "client_secret",
                                backend.secret()))
                .then()
                .statusCode(200);
    }

    @Test
    void shouldDecodeFormEncodedCredentialsInTheHeader() {
        Backend backend = Backend.with(keys, "integrator");
        String encoded =
                URLEncoder.encode(backend.secret(), StandardCharsets.UTF_8).replace("_", "%5F");

        post(basic(backend.clientId() + ":" + encoded), CLIENT_CREDENTIALS)
                .then()
                .statusCode(200);
    }

    @Test
    void shouldRejectTwoAuthenticationMethodsAtOnce() {
        Backend backend = Backend.with(keys, "integrator");

        assertRefused(
                backend.requestToken(Map.of("grant_type", "client_credentials", "client_secret", backend.secret())),
                "invalid_request");
        assertRefused(
                backend.requestToken(Map.of("grant_type", "client_credentials", "client_id", "another")),
                "invalid_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic !", "Basic", "Basic YQ==", "Bearer abc", "Basic OjEyMw==", "Negotiate x"})
    void shouldRejectAHeaderWithoutClientCredentials(String authorization) {
        post(authorization, CLIENT_CREDENTIALS)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic"))
                .body("error", equalTo("invalid_client"));
    }

    @Test
    void shouldRejectAnUnknownClientAsAWrongSecret() {
        Backend backend = Backend.with(keys, "integrator");
        Backend other = Backend.with(keys, "integrator");

        String wrong = invalidClient(backend.withSecret("hgcs_" + "x".repeat(43)));
        String others = invalidClient(backend.withSecret(other.secret()));
        String unknown =
                invalidClient(new Backend(backend.id(), UUID.randomUUID().toString(), backend.secret()));
        String none = invalidClient(new Backend(backend.id(), "nobody", "nothing"));

        assertEquals(List.of(wrong, wrong, wrong), List.of(others, unknown, none));
    }

    @Test
    void shouldRejectAnUnknownGrantType() {
        Backend backend = Backend.with(keys, "integrator");

        assertRefused(backend.requestToken(Map.of("grant_type", "password")), "unsupported_grant_type");
        assertRefused(backend.requestToken(Map.of("scope", "user")), "invalid_request");
        assertRefused(backend.requestToken(Map.of("grant_type", "")), "invalid_request");
    }

    @Test
    void shouldNarrowATokenToTheRequestedScope() throws Exception {
        Backend backend = Backend.with(keys, "user", "integrator");

        Response narrowed = backend.requestToken(Map.of("grant_type", "client_credentials", "scope", "user"));

        narrowed.then().statusCode(200).body("scope", equalTo("user"));
        assertEquals(List.of("user"), claims(narrowed).getStringListClaimValue("groups"));
        assertRefused(
                backend.requestToken(Map.of("grant_type", "client_credentials", "scope", "user admin")),
                "invalid_scope");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=client_credentials&grant_type=client_credentials",
                "grant_type=client%",
                "grant_type=%00",
                "grant_type=client_credentials&scope=%zz"
            })
    void shouldRejectABodyThatIsNotAForm(String body) {
        Backend backend = Backend.with(keys, "integrator");

        assertRefused(form(backend).body(body).post("/api/auth/token"), "invalid_request");
    }

    @Test
    void shouldRejectABodyThatIsTooLargeOrOfAnotherType() {
        Backend backend = Backend.with(keys, "integrator");

        assertProblem(form(backend).body("scope=" + "x".repeat(20_000)).post("/api/auth/token"), 413, "body_too_large");
        assertProblem(
                form(backend)
                        .contentType(ContentType.JSON)
                        .body("{\"grant_type\": \"client_credentials\"}")
                        .post("/api/auth/token"),
                415,
                "unsupported_media_type");
    }

    @Test
    void shouldIgnoreParametersThatItDoesNotKnow() {
        Backend.with(keys, "integrator")
                .requestToken(Map.of("grant_type", "client_credentials", "colour", "blue", "scope", ""))
                .then()
                .statusCode(200);
    }

    @Test
    void shouldDelayAClientAfterWrongSecretsButNeverARightOne() {
        Backend backend = Backend.with(keys, "integrator");
        Backend wrong = backend.withSecret("hgcs_" + "y".repeat(43));
        String address = "198.51.100." + (1 + (int) (Math.random() * 250));

        for (int i = 0; i < 5; i++) {
            from(address, wrong).then().statusCode(401);
        }

        assertProblem(from(address, wrong), 429, "too_many_sign_ins").header("Retry-After", notNullValue());
        from(address, backend).then().statusCode(200);
        Person person = Person.register();
        Person.signInFrom(address, person.username(), person.password()).then().statusCode(200);
    }

    private static Response from(String address, Backend backend) {
        return form(backend)
                .header("X-Forwarded-For", address)
                .body("grant_type=client_credentials")
                .post("/api/auth/token");
    }

    private static RequestSpecification form(Backend backend) {
        return given().header("Authorization", basic(backend.clientId() + ":" + backend.secret()))
                .contentType("application/x-www-form-urlencoded");
    }

    private static String invalidClient(Backend backend) {
        Response answer = backend.requestToken();
        answer.then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Basic"))
                .body("error", equalTo("invalid_client"));
        return answer.asString();
    }

    static void assertRefused(Response answer, String error) {
        answer.then()
                .statusCode(400)
                .contentType(ContentType.JSON)
                .header("Cache-Control", equalTo("no-store"))
                .body("error", equalTo(error))
                .body("error_description", not(equalTo("")));
    }

    static JwtClaims claims(Response answer) throws InvalidJwtException {
        return new JwtConsumerBuilder()
                .setSkipAllValidators()
                .setSkipSignatureVerification()
                .build()
                .processToClaims(answer.path("access_token"));
    }
}
