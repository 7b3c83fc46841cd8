package io.heliograph.gateway.live.alert;

import io.heliograph.gateway.live.alert.AlertExpression.Match;
import io.heliograph.gateway.live.alert.AlertRules.AlertRule;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Evaluates the alerts by the gauges of all replicas, once a second. Not thread-safe. */
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
     * The alerts whose condition holds now.
     *
     * @param series the gauges of all present replicas
     * @param missingServices the number of services without a replica; 0 if unknown
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

    /** Discards the state when there are no more watchers. */
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

    /**
     * An alert whose condition holds.
     *
     * @param since when the condition began to hold, as far as this gateway has seen it
     * @param firesAt when the condition has held for the duration of the rule; in the past for a firing alert
     */
    public record Alert(String name, String severity, String message, String runbook, Instant since, Instant firesAt) {

        public boolean isFiring(Instant now) {
            return !firesAt.isAfter(now);
        }
    }

    /**
     * The value of one gauge of one replica.
     *
     * @param name the name of the metric in Prometheus
     */
    public record Series(String name, Map<String, String> labels, double value) {}

    /** Renders the summary templates of rules, as far as the rules of Heliograph use them. */
    static final class AlertSummary {

        private static final Pattern PLACE = Pattern.compile("\\{\\{\\s*(.*?)\\s*}}");
        private static final Pattern FORMAT = Pattern.compile("printf `(%[.0-9]*f)` \\$value");

        private AlertSummary() {}

        static String of(String template, Map<String, String> labels, double value) {
            return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(fill(place, labels, value)));
        }

        private static String fill(MatchResult place, Map<String, String> labels, double value) {
            String what = place.group(1);
            if (what.startsWith("$labels.")) {
                return labels.getOrDefault(what.substring("$labels.".length()), "this installation");
            }
            var format = FORMAT.matcher(what);
            if (format.matches()) {
                return String.format(Locale.ROOT, format.group(1), value);
            }
            return switch (what) {
                case "$value | humanizePercentage" -> percentage(value);
                case "$value | humanizeDuration" -> duration(value);
                default -> plain(value);
            };
        }

        private static String percentage(double value) {
            return new BigDecimal(value * 100)
                            .round(new MathContext(4))
                            .stripTrailingZeros()
                            .toPlainString()
                    + "%";
        }

        private static String duration(double seconds) {
            if (seconds < 1) {
                return plain(Math.round(seconds * 1e6) / 1e3) + "ms";
            }
            long whole = (long) seconds;
            return whole < 60
                    ? plain(Math.round(seconds * 1e3) / 1e3) + "s"
                    : whole < 3_600
                            ? whole / 60 + "m " + whole % 60 + "s"
                            : whole / 3_600 + "h " + whole / 60 % 60 + "m " + whole % 60 + "s";
        }

        private static String plain(double value) {
            return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
        }
    }
}
