package io.heliograph.message.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.WebhookEndpoint;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failing endpoints. */
@QuarkusTest
class WebhookFaultTest extends MessageServiceTest {

    @Inject
    SettableWebhookConfig config;

    private final WebhookEndpoint endpoint = new WebhookEndpoint();
    private final WebhookEndpoint other = new WebhookEndpoint();

    private Integrator bot;
    private Person person;
    private String room;

    @BeforeEach
    void signIn() {
        person = person("bot", "integrator");
        bot = new Integrator(person);
        room = person.creates("private");
        config.set("minBackoff", Duration.ofMillis(50));
        config.set("maxBackoff", Duration.ofMillis(200));
    }

    @AfterEach
    void removeWebhooks() {
        List<String> ids = person.asks().get("/api/webhooks").path("items.id");
        ids.forEach(id -> person.asks().delete("/api/webhooks/" + id).then().statusCode(204));
        config.reset();
        endpoint.close();
        other.close();
    }

    @Test
    void shouldRetryInOrderUntilTheEndpointAccepts() {
        endpoint.answers(WebhookEndpoint.status(500));
        String id = bot.registered(endpoint.url(), Map.of());
        sends(3);
        await().until(() -> endpoint.requests().size() >= 3);
        bot.asks(id)
                .then()
                .body("failingSince", notNullValue())
                .body("lastError", equalTo("rejected: the endpoint answered 500"))
                .body("enabled", equalTo(true));
        assertThat(endpoint.events())
                .allSatisfy(event -> assertThat(event.get("rev").asLong()).isEqualTo(1));

        endpoint.answers(WebhookEndpoint.status(202));

        await().until(() -> revs(endpoint).contains(3L));
        assertThat(revs(endpoint).stream().distinct()).containsExactly(1L, 2L, 3L);
        await().untilAsserted(() ->
                bot.asks(id).then().body("failingSince", nullValue()).body("lastError", nullValue()));
    }

    @Test
    void shouldDisableAWebhookThatFailsForLong() {
        config.set("giveUpAfter", Duration.ZERO);
        endpoint.answers(WebhookEndpoint.status(503));
        String id = bot.registered(endpoint.url(), Map.of());

        sends(1);

        await().untilAsserted(() ->
                bot.asks(id).then().body("enabled", equalTo(false)).body("disabledReason", equalTo("failing")));
        assertThat(endpoint.requests()).hasSize(1);
    }

    @Test
    void shouldFollowNoRedirect() {
        endpoint.answers(WebhookEndpoint.redirect(other.url()));
        String id = bot.registered(endpoint.url(), Map.of());

        sends(1);

        await().untilAsserted(
                        () -> bot.asks(id).then().body("lastError", equalTo("rejected: the endpoint answered 307")));
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void shouldTimeOutAHangingEndpointWithoutDelayingOthers() {
        config.set("timeout", Duration.ofSeconds(2));
        endpoint.answers(endpoint.hang());
        String id = bot.registered(endpoint.url(), Map.of());
        bot.registered(other.url(), Map.of());

        sends(5);

        await().until(() -> revs(other).contains(5L));
        // On a slow machine this one may be late too, and get some again.
        assertThat(revs(other).stream().distinct()).containsExactly(1L, 2L, 3L, 4L, 5L);
        await().untilAsserted(() -> bot.asks(id).then().body("lastError", equalTo("timeout")));
    }

    @Test
    void shouldNotReadEndlessResponses() {
        endpoint.answers(WebhookEndpoint.endless());
        bot.registered(endpoint.url(), Map.of());

        sends(10);

        await().until(() -> endpoint.events().size() == 10);
        assertThat(revs(endpoint))
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    void shouldReportAnUnreachableEndpoint() {
        String url = other.url();
        other.close();
        String id = bot.registered(url, Map.of());

        sends(1);

        await().untilAsserted(() -> bot.asks(id).then().body("lastError", equalTo("unreachable")));
    }

    @Test
    void shouldDeliverChangesThatAnotherReplicaLeft() {
        config.set("maxConcurrent", 0);
        bot.registered(endpoint.url(), Map.of());
        sends(2);

        config.set("maxConcurrent", 64);

        await().until(() -> endpoint.events().size() == 2);
        assertThat(revs(endpoint)).containsExactly(1L, 2L);
    }

    @Test
    void shouldBoundTheWebhooksOfOneOwner() {
        config.set("maxPerOwner", 1);
        bot.registered(endpoint.url(), Map.of());

        refused(bot.registers(endpoint.url(), Map.of()), 409, "too_many_webhooks");
    }

    @Test
    void shouldBoundTheRateOfTests() {
        config.set("testsPerMinute", 1);
        String id = bot.registered(endpoint.url(), Map.of());

        bot.posts(id, "test", Map.of()).then().statusCode(200);

        refused(bot.posts(id, "test", Map.of()), 429, "rate_limited");
    }

    private void sends(int count) {
        for (int i = 1; i <= count; i++) {
            person.sends(room, "message " + i).then().statusCode(201);
        }
    }

    private List<Long> revs(WebhookEndpoint from) {
        return from.events().stream()
                .filter(event -> event.get("room").asText().equals(room))
                .map(event -> event.get("rev").asLong())
                .toList();
    }
}
