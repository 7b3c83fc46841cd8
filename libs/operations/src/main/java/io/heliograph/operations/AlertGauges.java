package io.heliograph.operations;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The gauges that alert rules decide by. A service sends those that it has. */
public final class AlertGauges {

    /** As Micrometer has them; a test holds them equal to those of the rules. */
    private static final List<String> NAMES = List.of(
            "heliograph.delivery.bus.unavailable",
            "heliograph.drain.overdue",
            "heliograph.event.loop.lag",
            "heliograph.gateway.limits.local",
            "heliograph.gateway.websockets",
            "heliograph.gateway.websockets.limit",
            "heliograph.gateway.upstream.connections",
            "heliograph.gateway.upstream.instances",
            "heliograph.jobs.queue.age.seconds",
            "heliograph.revocations.unavailable",
            "heliograph.database.unavailable",
            "heliograph.webhooks.lag.seconds",
            "sql.pool.ratio",
            "worker.pool.ratio");

    private static final String SECONDS = "_seconds";

    private AlertGauges() {}

    /** As Prometheus has them, where those of time are in seconds and say so. */
    public static List<String> prometheusNames() {
        return NAMES.stream().map(AlertGauges::prometheusName).toList();
    }

    /** Of each gauge an object with its {@code name}, its {@code labels} and its {@code value}. */
    static JsonArray read(MeterRegistry registry) {
        JsonArray gauges = new JsonArray();
        for (String name : NAMES) {
            for (Meter meter : registry.find(name).meters()) {
                if (meter instanceof TimeGauge gauge) {
                    add(gauge, gauge.value(TimeUnit.SECONDS), gauges);
                } else if (meter instanceof Gauge gauge) {
                    add(gauge, gauge.value(), gauges);
                }
            }
        }
        return gauges;
    }

    private static void add(Gauge gauge, double value, JsonArray gauges) {
        if (Double.isFinite(value)) {
            JsonObject labels = new JsonObject();
            for (Tag tag : gauge.getId().getTags()) {
                labels.put(tag.getKey().replace('.', '_'), tag.getValue());
            }
            gauges.add(new JsonObject()
                    .put("name", prometheusName(gauge.getId().getName()))
                    .put("labels", labels)
                    .put("value", value));
        }
    }

    private static String prometheusName(String name) {
        String plain = name.replace('.', '_');
        return name.equals(SampleReader.LAG) ? plain + SECONDS : plain;
    }
}
