package io.heliograph.message.negotiation;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.ApiCall;
import io.heliograph.testsupport.ContentNegotiationContract;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.testsupport.TokenIssuer;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(EmbeddedStores.class)
class ContentNegotiationTest extends ContentNegotiationContract {

    /** Set by {@link EmbeddedStores}. */
    TokenIssuer issuer;

    @Test
    void shouldStoreNothingForAClientThatDoesNotAcceptTheResponse() {
        Person ada = ada();
        String room = ada.createsPublic("a room");

        ada.asks()
                .header("Accept", "foo")
                .contentType("application/json")
                .body(Map.of("content", "unsent"))
                .post("/api/rooms/" + room + "/messages")
                .then()
                .statusCode(406);

        assertThat(ada.asks().get("/api/rooms/" + room).<Integer>path("lastSeq"))
                .isZero();
    }

    @Test
    void shouldAcceptAnyContentTypeWithoutABody() {
        Person ada = ada();
        String room = ada.createsPublic("a room");

        ada.asks()
                .header("Content-Type", "text/plain")
                .put("/api/rooms/" + room + "/members/" + ada.id())
                .then()
                .statusCode(200);
    }

    @Test
    void shouldIgnoreTheContentTypeOfEveryCallWithoutABody() {
        SoftAssertions all = new SoftAssertions();
        for (ApiCall call : calls()) {
            if (!call.takesBody()) {
                Response answer = send(call, asks().header("Content-Type", "text/plain"), "");
                // Some calls ask user-service, which is away: 503.
                all.assertThat(answer.statusCode()).as(call + " status").isNotIn(415, 500);
            }
        }
        all.assertAll();
    }

    @Test
    void shouldEditNothingForAClientThatDoesNotAcceptTheResponse() {
        Person ada = ada();
        String room = ada.createsPublic("a room");
        ada.sends(room, "first").then().statusCode(201);
        String message = "/api/rooms/" + room + "/messages/1";

        ada.asks()
                .header("Accept", "text/html")
                .contentType("application/json")
                .body(Map.of("content", "edited"))
                .patch(message)
                .then()
                .statusCode(406);

        assertThat(ada.asks().get(message).<String>path("content")).isEqualTo("first");
    }

    private Person ada() {
        UUID id = UUID.randomUUID();
        return new Person(id, "ada", issuer.token(id, "ada"));
    }

    @Override
    protected RequestSpecification asks() {
        UUID id = UUID.randomUUID();
        String token =
                issuer.token(id, "root", claims -> claims.setStringListClaim("groups", List.of("user", "admin")));
        return new Person(id, "root", token).asks();
    }

    @Override
    protected String readable() {
        return "/api/rooms";
    }
}
