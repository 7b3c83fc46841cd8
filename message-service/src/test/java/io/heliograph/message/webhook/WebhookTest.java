package io.heliograph.message.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.WebhookEndpoint;
import io.heliograph.testsupport.WebhookEndpoint.Request;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class WebhookTest extends MessageServiceTest {

    private final WebhookEndpoint endpoint = new WebhookEndpoint();

    private Integrator bot;
    private Person person;

    @BeforeEach
    void signIn() {
        person = person("bot", "integrator");
        bot = new Integrator(person);
    }

    @AfterEach
    void removeWebhooks() {
        List<String> ids = person.asks().get("/api/webhooks").path("items.id");
        ids.forEach(id -> person.asks().delete("/api/webhooks/" + id).then().statusCode(204));
        endpoint.close();
    }

    @Test
    void shouldAllowOnlyIntegratorsAndAdmins() {
        Map<String, Object> webhook = Map.of("url", endpoint.url(), "events", List.of("message.created"));
        refused(anonymous().get("/api/webhooks"), 401, "unauthenticated");
        refused(person("ada").asks().get("/api/webhooks"), 403, "forbidden");
        refused(
                person("ada")
                        .asks()
                        .contentType("application/json")
                        .body(webhook)
                        .post("/api/webhooks"),
                403,
                "forbidden");

        Response created = bot.registers(endpoint.url(), Map.of());
        created.then()
                .statusCode(201)
                .body("secret", startsWith("whsec_"))
                .body("owner", equalTo(person.id().toString()))
                .body("enabled", equalTo(true))
                .body("batch", equalTo(false))
                .body("rooms", nullValue())
                .body("events", containsInAnyOrder("message.created", "message.updated", "message.deleted"));
        String id = created.path("id");

        bot.asks(id).then().statusCode(200).body("secret", nullValue());
        person.asks().get("/api/webhooks").then().body("items.id", contains(id)).body("next", nullValue());
        Person other = person("other", "integrator");
        refused(other.asks().get("/api/webhooks/" + id), 404, "webhook_not_found");
        refused(other.asks().delete("/api/webhooks/" + id), 404, "webhook_not_found");
        refused(other.asks().post("/api/webhooks/" + id + "/rotate"), 404, "webhook_not_found");
        refused(other.asks().get("/api/webhooks/" + id + "/deliveries"), 404, "webhook_not_found");
        other.asks().get("/api/webhooks").then().body("items", empty());
        Person admin = person("admin", "admin");
        admin.asks().get("/api/webhooks?limit=200").then().body("items.id", hasItem(id));
        admin.asks().get("/api/webhooks/" + id).then().statusCode(200);
    }

    @Test
    void shouldRejectAnInvalidWebhook() {
        Person ada = person("ada");
        String secret = ada.creates("private");
        String open = ada.creates("public");

        refused(bot.registers("no address", Map.of()), 400, "invalid_request");
        refused(bot.registers("ftp://example.org/", Map.of()), 422, "url_refused");
        refused(bot.registers("http://10.0.0.1/", Map.of()), 422, "url_refused");
        refused(bot.registers("http://169.254.169.254/latest", Map.of()), 422, "url_refused");
        refused(bot.registers(endpoint.url(), Map.of("events", List.of())), 400, "invalid_request");
        refused(bot.registers(endpoint.url(), Map.of("events", List.of("room.created"))), 400, "invalid_request");
        refused(bot.registers(endpoint.url(), Map.of("rooms", List.of())), 400, "invalid_request");
        refused(bot.registers(endpoint.url(), Map.of("rooms", List.of(secret))), 404, "room_not_found");
        refused(bot.registers(endpoint.url(), Map.of("rooms", List.of(open))), 403, "not_a_member");
        String id = bot.registered(endpoint.url(), Map.of());
        refused(bot.changes(id, Map.of("url", "http://10.0.0.1/")), 422, "url_refused");
        refused(bot.changes(id, Map.of("events", List.of())), 400, "invalid_request");
        refused(bot.posts(id, "redeliver", Map.of()), 400, "invalid_request");
        refused(
                bot.posts(
                        id,
                        "redeliver",
                        Map.of("since", Instant.now().plusSeconds(60).toString())),
                400,
                "invalid_request");
        refused(bot.changes(UUID.randomUUID().toString(), Map.of()), 404, "webhook_not_found");
    }

    @Test
    void shouldPostEachChangeInItsOrderAndSigned() {
        String room = person.creates("private");
        Response created = bot.registers(endpoint.url(), Map.of());

        person.sends(room, Map.of("content", "Hello", "clientId", "one")).then().statusCode(201);
        await().until(() -> endpoint.requests().size() == 1);
        person.asks()
                .contentType("application/json")
                .body(Map.of("content", "Hello, world"))
                .patch("/api/rooms/" + room + "/messages/1")
                .then()
                .statusCode(200);
        await().until(() -> endpoint.requests().size() == 2);
        person.asks()
                .put("/api/rooms/" + room + "/messages/1/reactions/👍")
                .then()
                .statusCode(200);
        await().until(() -> endpoint.requests().size() == 3);
        person.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);
        await().until(() -> endpoint.requests().size() == 4);

        assertThat(endpoint.events())
                .extracting(event -> event.get("type").asText() + " " + event.get("rev"))
                .containsExactly("message.created 1", "message.updated 2", "message.updated 3", "message.deleted 4");
        Request first = endpoint.requests().get(0);
        JsonNode event = first.json();
        assertThat(event.get("id").asText()).isEqualTo(room + "-1").isEqualTo(first.header("webhook-id"));
        assertThat(event.get("room").asText()).isEqualTo(room);
        assertThat(event.get("seq").asLong()).isEqualTo(1);
        assertThat(Instant.parse(event.get("timestamp").asText()))
                .isEqualTo(Instant.parse(event.at("/data/createdAt").asText()));
        assertThat(event.at("/data/content").asText()).isEqualTo("Hello");
        assertThat(event.at("/data/clientId").asText()).isEqualTo("one");
        assertThat(event.at("/data/sender/username").asText()).isEqualTo("bot");
        assertThat(endpoint.events().get(2).at("/data/reactions/0/emoji").asText())
                .isEqualTo("👍");
        assertThat(first.header("content-type")).isEqualTo("application/json");
        endpoint.requests().forEach(request -> assertVerified(created.path("secret"), request));
    }

    @Test
    void shouldSignWithBothSecretsAfterARotation() {
        String room = person.creates("private");
        Response created = bot.registers(endpoint.url(), Map.of());
        String id = created.path("id");

        Response rotated = person.asks().post("/api/webhooks/" + id + "/rotate");
        rotated.then().statusCode(200).body("previousSecretUntil", notNullValue());
        person.sends(room, "signed twice").then().statusCode(201);

        await().until(() -> endpoint.requests().size() == 1);
        Request request = endpoint.requests().get(0);
        assertThat(request.header("webhook-signature").split(" ")).hasSize(2);
        assertVerified(created.path("secret"), request);
        assertVerified(rotated.path("secret"), request);
    }

    @Test
    void shouldPostOnlyTheConfiguredEventsAndRooms() {
        String wanted = person.creates("private");
        String other = person.creates("private");
        bot.registered(endpoint.url(), Map.of("rooms", List.of(wanted), "events", List.of("message.deleted")));

        for (String room : List.of(other, wanted)) {
            person.sends(room, "gone").then().statusCode(201);
            person.sends(room, "stays").then().statusCode(201);
            person.asks().delete("/api/rooms/" + room + "/messages/1").then().statusCode(204);
        }
        person.asks().delete("/api/rooms/" + wanted + "/messages/2").then().statusCode(204);

        await().until(() -> endpoint.events().size() == 2);
        assertThat(endpoint.events())
                .extracting(
                        event -> event.get("room").asText() + event.get("type").asText() + event.get("seq"))
                .containsExactly(wanted + "message.deleted1", wanted + "message.deleted2");
    }

    @Test
    void shouldCoverTheRoomsOfItsOwner() {
        Person ada = person("ada");
        String room = ada.creates("public");
        String own = person.creates("private");
        bot.registered(endpoint.url(), Map.of());

        ada.sends(room, "before").then().statusCode(201);
        person.joins(room);
        ada.sends(room, "while a member").then().statusCode(201);
        await().until(() -> endpoint.events().size() == 1);
        ada.asks()
                .delete("/api/rooms/" + room + "/members/" + person.id())
                .then()
                .statusCode(204);
        ada.sends(room, "after").then().statusCode(201);
        person.sends(own, "last").then().statusCode(201);
        await().until(() -> endpoint.events().size() == 2);

        assertThat(endpoint.events())
                .extracting(event -> event.at("/data/content").asText())
                .containsExactly("while a member", "last");
    }

    @Test
    void shouldPostManyChangesOfAllRoomsTogether() {
        String first = person.creates("private");
        String second = person.creates("private");
        String id = bot.registered(endpoint.url(), Map.of("batch", true, "rooms", List.of(first, second)));
        bot.changes(id, Map.of("enabled", false)).then().statusCode(200).body("enabled", equalTo(false));
        for (String room : List.of(first, second)) {
            person.sendsBatch(
                            room,
                            java.util.stream.IntStream.range(0, 200)
                                    .mapToObj(i -> Map.of("content", "message " + i, "clientId", "c" + i))
                                    .toList())
                    .then()
                    .statusCode(201);
        }

        bot.changes(id, Map.of("enabled", true)).then().statusCode(200).body("enabled", equalTo(true));

        await().until(() -> endpoint.events().size() == 400);
        assertThat(endpoint.requests()).hasSizeLessThan(10);
        for (String room : List.of(first, second)) {
            assertThat(endpoint.events().stream()
                            .filter(event -> event.get("room").asText().equals(room))
                            .map(event -> event.get("rev").asLong()))
                    .containsExactlyElementsOf(java.util.stream.LongStream.rangeClosed(1, 200)
                            .boxed()
                            .toList());
        }
    }

    @Test
    void shouldRedeliverOnRequest() {
        String room = person.creates("private");
        String id = bot.registered(endpoint.url(), Map.of());
        Instant before = Instant.now().minusSeconds(1);
        person.sends(room, "one").then().statusCode(201);
        person.sends(room, "two").then().statusCode(201);
        await().until(() -> endpoint.events().size() == 2);
        await().untilAsserted(() ->
                person.asks().get("/api/webhooks/" + id + "/deliveries").then().body("items.size()", equalTo(2)));

        bot.posts(id, "redeliver", Map.of("since", before.toString()))
                .then()
                .statusCode(202)
                .body("rooms", equalTo(1));

        await().until(() -> endpoint.events().size() == 4);
        assertThat(endpoint.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsExactly(room + "-1", room + "-2", room + "-1", room + "-2");
        bot.posts(id, "redeliver", Map.of("since", Instant.now().toString()))
                .then()
                .body("rooms", equalTo(0));
    }

    @Test
    void shouldReportTheOutcomeOfATestAndOfDeliveries() {
        String id = bot.registered(endpoint.url(), Map.of("enabled", true));

        bot.posts(id, "test", Map.of())
                .then()
                .statusCode(200)
                .body("outcome", equalTo("delivered"))
                .body("status", equalTo(204));
        assertThat(endpoint.requests().get(0).json().get("type").asText()).isEqualTo("test");
        endpoint.answers(WebhookEndpoint.status(418));
        bot.posts(id, "test", Map.of())
                .then()
                .body("outcome", equalTo("rejected"))
                .body("status", equalTo(418));

        person.asks()
                .get("/api/webhooks/" + id + "/deliveries?limit=1")
                .then()
                .body("items.status", contains(418))
                .body("items.messageId", not(empty()))
                .body("next", notNullValue());
        bot.asks(id).then().body("failingSince", nullValue());
    }

    @Test
    void shouldDisableAWebhookAfterA410() {
        String room = person.creates("private");
        String id = bot.registered(endpoint.url(), Map.of());
        endpoint.answers(WebhookEndpoint.status(410));

        person.sends(room, "not taken").then().statusCode(201);

        await().untilAsserted(() -> bot.asks(id)
                .then()
                .body("enabled", equalTo(false))
                .body("disabledReason", equalTo("gone"))
                .body("disabledAt", notNullValue())
                .body("lastError", equalTo("gone: the endpoint answered 410")));
        person.sends(room, "while disabled").then().statusCode(201);
        endpoint.answers(WebhookEndpoint.status(200));
        bot.changes(id, Map.of("enabled", true))
                .then()
                .body("enabled", equalTo(true))
                .body("disabledReason", nullValue())
                .body("lastError", nullValue());
        await().until(() -> endpoint.requests().size() == 3);
        assertThat(endpoint.requests())
                .extracting(request -> request.header("webhook-id"))
                .containsExactly(room + "-1", room + "-1", room + "-2");
    }

    @Test
    void shouldNotPostForADeletedWebhook() {
        String room = person.creates("private");
        String id = bot.registered(endpoint.url(), Map.of());
        person.asks().delete("/api/webhooks/" + id).then().statusCode(204);
        WebhookEndpoint other = new WebhookEndpoint();
        bot.registered(other.url(), new HashMap<>());

        person.sends(room, "for the other").then().statusCode(201);

        await().until(() -> other.events().size() == 1);
        assertThat(endpoint.requests()).isEmpty();
        refused(bot.asks(id), 404, "webhook_not_found");
        other.close();
    }

    private static void assertVerified(String secret, Request request) {
        assertThatCode(() -> new com.standardwebhooks.Webhook(secret).verify(request.body(), request.httpHeaders()))
                .doesNotThrowAnyException();
    }
}
