package io.heliograph.message.testsupport;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.ManagementPort;
import io.heliograph.testsupport.Meters;
import io.heliograph.testsupport.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A running message-service on real stores, and its users. */
@QuarkusTestResource(EmbeddedStores.class)
public abstract class MessageServiceTest {

    /** For expected events: far longer than they take on any machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static {
        Awaitility.setDefaultTimeout(PATIENCE);
    }

    /** Set by {@link EmbeddedStores}. */
    protected TokenIssuer issuer;

    protected Person person(String username) {
        UUID id = UUID.randomUUID();
        return new Person(id, username, issuer.token(id, username));
    }

    /** A user with this role besides the role {@code user}. */
    protected Person person(String username, String role) {
        UUID id = UUID.randomUUID();
        return new Person(
                id,
                username,
                issuer.token(id, username, claims -> claims.setStringListClaim("groups", List.of("user", role))));
    }

    protected static RequestSpecification anonymous() {
        return given();
    }

    @TestHTTPResource
    URI address;

    protected URI server() {
        return URI.create("http://localhost:" + address.getPort());
    }

    protected static URI metrics() {
        return ManagementPort.uri("/metrics");
    }

    /** The sum of the samples of this name, or of this name and these labels. */
    protected double metric(String name) {
        return Meters.of(name);
    }

    protected static void refused(Response answer, int status, String code) {
        answer.then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status))
                .body("requestId", notNullValue());
    }
}
