package io.heliograph.gateway.live.alert;

import io.heliograph.gateway.live.alert.AlertExpression.Match;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Decides which alerts fire, from the gauges of all replicas, once a second. Not thread-safe. */
@Singleton
public final class Alerts {

    private final AlertRules rules;
    private final GaugeWindows windows = new GaugeWindows();
    /** When the condition of a rule began to hold, by rule and labels. */
    private final Map<String, Instant> since = new HashMap<>();

    Alerts(AlertRules rules) {
        this.rules = rules;
    }

    /**
     * Those whose condition holds now.
     *
     * @param series of all replicas that are heard
     * @param missingServices of which no replica is heard; 0 if that is not known
     */
    public List<Alert> decide(Collection<Series> series, int missingServices, Instant now) {
        windows.add(series);
        List<Alert> alerts = new ArrayList<>();
        Map<String, Instant> holding = new HashMap<>();
        for (AlertRule rule : rules.decidable()) {
            for (Match match : matches(rule, series, missingServices)) {
                String key = rule.name() + match.labels();
                Instant begun = since.getOrDefault(key, now);
                holding.put(key, begun);
                alerts.add(new Alert(
                        rule.name(),
                        rule.severity(),
                        AlertSummary.of(rule.summary(), match.labels(), match.value()),
                        rule.runbook(),
                        begun,
                        begun.plus(rule.duration())));
            }
        }
        since.clear();
        since.putAll(holding);
        return alerts;
    }

    /** Nobody watches any more: what held until now is not known to hold when somebody does again. */
    public void clear() {
        since.clear();
        windows.clear();
    }

    private Collection<Match> matches(AlertRule rule, Collection<Series> series, int missingServices) {
        if (rule.expression() != null) {
            return rule.expression().matches(series, windows);
        }
        return missingServices > 0 ? List.of(new Match(new TreeMap<>(), missingServices)) : List.of();
    }
}
