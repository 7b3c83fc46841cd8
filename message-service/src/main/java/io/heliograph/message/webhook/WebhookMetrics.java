package io.heliograph.message.webhook;

import io.heliograph.message.webhook.WebhookCursorRepository.WebhookBacklog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Counts what this replica posts. The backlog is the same on each replica, since the cursors are shared. */
@Singleton
class WebhookMetrics {

    private final MeterRegistry registry;
    private final Map<DeliveryOutcome, Counter> requests = new EnumMap<>(DeliveryOutcome.class);
    private final Counter changes;
    private final Counter disabled;
    private final Timer latency;
    private volatile WebhookBacklog backlog = WebhookBacklog.NONE;

    WebhookMetrics(MeterRegistry registry) {
        this.registry = registry;
        // Registered at start: the increase of a counter is visible only if it has been zero.
        for (DeliveryOutcome outcome : DeliveryOutcome.values()) {
            requests.put(
                    outcome,
                    Counter.builder("heliograph.webhooks.requests")
                            .description("Requests to endpoints, by result")
                            .tag("result", outcome.text())
                            .register(registry));
        }
        this.changes = Counter.builder("heliograph.webhooks.changes")
                .description("Changes that endpoints have accepted")
                .register(registry);
        this.disabled = Counter.builder("heliograph.webhooks.given.up")
                .description(
                        "Webhooks that were disabled because their endpoints responded 410 or accepted nothing for a day")
                .register(registry);
        this.latency = Timer.builder("heliograph.webhooks.request")
                .description("From a request to an endpoint to the head of its response, or to its failure")
                .register(registry);
        gauge("heliograph.webhooks.enabled", "Webhooks that are enabled", WebhookBacklog::enabled);
        gauge("heliograph.webhooks.disabled", "Webhooks that are disabled", WebhookBacklog::disabled);
        gauge("heliograph.webhooks.failing", "Webhooks whose last request failed", WebhookBacklog::failing);
        gauge("heliograph.webhooks.pending", "Rooms of webhooks with changes to post", WebhookBacklog::pendingRooms);
        gauge(
                "heliograph.webhooks.lag.seconds",
                "How long the oldest change has waited, except for failing endpoints",
                WebhookBacklog::lagSeconds);
    }

    private void gauge(String name, String description, ToDoubleFunction<WebhookBacklog> value) {
        Gauge.builder(name, this, metrics -> value.applyAsDouble(metrics.backlog))
                .description(description)
                .register(registry);
    }

    void running(Map<?, ?> running) {
        Gauge.builder("heliograph.webhooks.running", running, Map::size)
                .description("Webhooks that this replica serves")
                .register(registry);
    }

    void backlog(WebhookBacklog measured) {
        backlog = measured;
    }

    void posted(PostResult result, int events) {
        requests.get(result.outcome()).increment();
        latency.record(Duration.ofMillis(result.millis()));
        if (result.outcome() == DeliveryOutcome.DELIVERED) {
            changes.increment(events);
        }
    }

    void givenUp() {
        disabled.increment();
    }
}
