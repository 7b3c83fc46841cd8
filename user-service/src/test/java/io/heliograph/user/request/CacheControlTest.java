package io.heliograph.user.request;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.testsupport.ApiCall;
import io.heliograph.testsupport.CrossOriginHeaders;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Person;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Header;
import io.restassured.response.Response;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/** Cache headers of every response. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
public class CacheControlTest {

    private static final String ME = "/api/users/me";

    /** The same for everyone. */
    private static final Set<String> PUBLIC = Set.of("/.well-known/jwks.json");

    @Test
    void shouldVaryByAuthorizationExceptForPublicResponses() {
        String token = Person.register().accessToken();
        List<ApiCall> calls = ApiCall.of(given().get("/q/openapi?format=json").asString());
        assertThat(calls).hasSizeGreaterThan(12);

        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls) {
            Response anonymous = given().urlEncodingEnabled(false).request(call.method(), call.path());
            check(all, call, anonymous);
            if (call.method().equals("GET")) {
                check(
                        all,
                        call,
                        given().urlEncodingEnabled(false).auth().oauth2(token).get(call.path()));
            }
        }
        all.assertAll();
    }

    @Test
    void shouldUseOnlyHeadersThatCorsAllows() {
        String token = Person.register().accessToken();
        List<ApiCall> calls = ApiCall.of(given().get("/q/openapi?format=json").asString());

        assertThat(CrossOriginHeaders.missingOf(calls)).isEmpty();
        for (ApiCall call : calls) {
            if (call.method().equals("GET")) {
                Response answer =
                        given().urlEncodingEnabled(false).auth().oauth2(token).get(call.path());
                assertThat(CrossOriginHeaders.missing(answer.headers().asList().stream()
                                .map(Header::getName)
                                .toList()))
                        .as(call.toString())
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldNotRespondNotModifiedToAnotherAccount() {
        Person ada = Person.register();
        Person grace = Person.register();
        String seen = ada.asks().get(ME).header("ETag");

        Response next = grace.asks().header("If-None-Match", seen).get(ME);

        next.then().statusCode(200);
        assertThat(next.<String>path("id")).isEqualTo(grace.id().toString());
        assertThat(next.header("ETag")).isNotEqualTo(seen);
        assertThat(next.header("Vary")).isEqualTo("Authorization");
        assertThat(next.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void shouldNotChangeAnAccountWithTheTagOfAnother() {
        String seen = Person.register().asks().get(ME).header("ETag");

        Person.register()
                .asks()
                .header("If-Match", seen)
                .contentType("application/json")
                .body("{\"displayName\": \"Grace\"}")
                .patch(ME)
                .then()
                .statusCode(412);
    }

    @Test
    void shouldSendTheSameCacheHeadersWithNotModified() {
        Person ada = Person.register();
        String seen = ada.asks().get(ME).header("ETag");

        Response unchanged = ada.asks().header("If-None-Match", "W/" + seen).get(ME);

        unchanged.then().statusCode(304).header("ETag", seen).header("Vary", "Authorization");
        assertThat(unchanged.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void shouldNotLetCachesStoreTokens() {
        Response signedIn = Person.register().signIn();

        signedIn.then().statusCode(200).header("Cache-Control", "no-store");
        String refresh = signedIn.path("refreshToken");
        Person.post("/api/auth/refresh", Map.of("refreshToken", refresh))
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store");
    }

    private static void check(SoftAssertions all, ApiCall call, Response answer) {
        String control = answer.header("Cache-Control");
        if (PUBLIC.contains(call.template())) {
            all.assertThat(control).as(call + " for caches").startsWith("public");
        } else {
            all.assertThat(control).as(call + " for caches").matches("private, no-cache|no-store");
            all.assertThat(answer.header("Vary")).as(call + " varies by").isEqualTo("Authorization");
        }
    }
}
