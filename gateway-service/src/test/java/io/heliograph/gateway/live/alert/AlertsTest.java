package io.heliograph.gateway.live.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.live.alert.Alerts.Alert;
import io.heliograph.gateway.live.alert.Alerts.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertsTest {

    private static final Instant START = Instant.parse("2026-01-01T12:00:00Z");

    private final Alerts alerts = new Alerts(new AlertRules());

    @Test
    void shouldFireOnceTheConditionHasHeldForLongEnough() {
        List<Series> late = List.of(lag("m:1", 0.2));

        Alert pending = only(alerts.decide(late, 0, START));
        Alert firing = only(alerts.decide(late, 0, START.plusSeconds(120)));

        assertFalse(pending.isFiring(START));
        assertTrue(firing.isFiring(START.plusSeconds(120)));
        assertEquals("HeliographEventLoopLag", firing.name());
        assertEquals("warning", firing.severity());
        assertEquals(START, firing.since());
        assertEquals("An event loop of m:1 (heliograph-message) is late by 200ms", firing.message());
        assertTrue(firing.runbook().endsWith("#heliographeventlooplag"));
    }

    @Test
    void shouldRestartTheDurationWhenTheConditionWasInterrupted() {
        alerts.decide(List.of(lag("m:1", 0.2)), 0, START);
        assertEquals(List.of(), alerts.decide(List.of(lag("m:1", 0.05)), 0, START.plusSeconds(60)));

        Alert again = only(alerts.decide(List.of(lag("m:1", 0.2)), 0, START.plusSeconds(120)));

        assertFalse(again.isFiring(START.plusSeconds(120)));
    }

    @Test
    void shouldSeparateReplicas() {
        List<Alert> both = alerts.decide(List.of(lag("m:1", 0.2), lag("m:2", 0.3), lag("m:3", 0.1)), 0, START);

        assertEquals(2, both.size());
    }

    @Test
    void shouldApplyTheMaximumOfARule() {
        Series closed = upstream("g:1", "closed", 0);
        Series seenByAnother = upstream("g:2", "closed", 1);

        assertEquals(
                "HeliographUpstreamGone",
                only(alerts.decide(List.of(closed), 0, START)).name());
        assertEquals(List.of(), alerts.decide(List.of(closed, seenByAnother), 0, START));
    }

    @Test
    void shouldDivideGaugesOfTheSameReplica() {
        Collection<Series> full = List.of(
                gauge("heliograph_gateway_websockets", "g:1", 90),
                gauge("heliograph_gateway_websockets_limit", "g:1", 100),
                gauge("heliograph_gateway_websockets", "g:2", 90),
                gauge("heliograph_gateway_websockets_limit", "g:2", 1000));

        Alert alert = only(alerts.decide(full, 0, START));

        assertEquals("g:1 has 90% of the WebSockets it may have", alert.message());
    }

    @Test
    void shouldHaveAnAverageOnlyAfterItsWindow() {
        List<Series> busy = List.of(new Series(
                "sql_pool_ratio", Map.of("job", "heliograph-user", "instance", "u:1", "pool_name", "primary"), 0.95));
        List<Alert> decided = List.of();
        for (int second = 0; second < 299; second++) {
            decided = alerts.decide(busy, 0, START.plusSeconds(second));
        }
        assertEquals(List.of(), decided);

        assertEquals(
                "HeliographPoolExhausted",
                only(alerts.decide(busy, 0, START.plusSeconds(299))).name());
    }

    @Test
    void shouldReportMissingServicesAndReplicas() {
        Series down = new Series("up", Map.of("job", "heliograph-message", "instance", "m:1"), 0);

        List<Alert> both = new ArrayList<>(alerts.decide(List.of(down), 1, START));

        assertEquals(
                List.of("HeliographServiceGone", "HeliographTargetDown"),
                both.stream().map(Alert::name).toList());
        assertEquals("critical", both.get(0).severity());
        assertEquals(
                "m:1 (heliograph-message) does not answer Prometheus",
                both.get(1).message());
        assertEquals(List.of(), alerts.decide(List.of(), 0, START));
    }

    @Test
    void shouldDiscardTheStateWithoutWatchers() {
        alerts.decide(List.of(lag("m:1", 0.2)), 0, START);

        alerts.clear();

        assertEquals(
                START.plusSeconds(300),
                only(alerts.decide(List.of(lag("m:1", 0.2)), 0, START.plusSeconds(300)))
                        .since());
    }

    private static Alert only(List<Alert> alerts) {
        assertEquals(1, alerts.size(), alerts.toString());
        return alerts.get(0);
    }

    private static Series lag(String replica, double seconds) {
        return new Series(
                "heliograph_event_loop_lag_seconds",
                Map.of("job", "heliograph-message", "instance", replica, "loop", "0"),
                seconds);
    }

    private static Series upstream(String replica, String state, double value) {
        return new Series(
                "heliograph_gateway_upstream_instances",
                Map.of("job", "heliograph-gateway", "instance", replica, "upstream", "users", "state", state),
                value);
    }

    private static Series gauge(String name, String replica, double value) {
        return new Series(name, Map.of("job", "heliograph-gateway", "instance", replica), value);
    }
}
