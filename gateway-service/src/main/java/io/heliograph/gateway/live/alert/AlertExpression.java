package io.heliograph.gateway.live.alert;

import io.heliograph.gateway.live.alert.Alerts.Series;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The subset of PromQL that can be evaluated from the gauges of the last minutes: one gauge or the quotient of two,
 * optionally over a time window, optionally the maximum by labels, compared with a number.
 *
 * @param overTime {@code avg}, {@code min} or {@code max}; null for the current value
 * @param window the time window of {@code overTime}
 * @param by the labels that are kept; null for all
 * @param divisor null if there is none
 */
record AlertExpression(
        Selector gauge,
        Selector divisor,
        String overTime,
        Duration window,
        List<String> by,
        String comparison,
        double threshold) {

    private static final String NUMBER = "(-?[0-9.]+)";

    private static final Pattern FORM = Pattern.compile("(?:max by \\(([\\w, ]*)\\) \\()?"
            + "(?:(avg|min|max)_over_time\\()?"
            + "(" + Selector.SYNTAX + ")"
            + "(?:\\[(\\d+)m\\]\\))?"
            + "(?: / (" + Selector.SYNTAX + "))?"
            + "(\\))? (==|>|<) " + NUMBER);

    /** A value for which the condition holds, with its labels. */
    record Match(Map<String, String> labels, double value) {}

    /** Empty if the expression is not of this subset. */
    static Optional<AlertExpression> parse(String promql) {
        Matcher form = FORM.matcher(promql.strip().replaceAll("\\s+", " "));
        boolean closed = form.matches()
                && (form.group(1) == null) == (form.group(6) == null)
                && (form.group(2) == null) == (form.group(4) == null);
        if (!closed) {
            return Optional.empty();
        }
        Optional<Selector> divisor = form.group(5) == null ? Optional.empty() : Selector.parse(form.group(5));
        if (form.group(5) != null && divisor.isEmpty()) {
            return Optional.empty();
        }
        return Selector.parse(form.group(3))
                .map(gauge -> new AlertExpression(
                        gauge,
                        divisor.orElse(null),
                        form.group(2),
                        form.group(4) == null ? Duration.ZERO : Duration.ofMinutes(Long.parseLong(form.group(4))),
                        form.group(1) == null ? null : List.of(form.group(1).split(", *", -1)),
                        form.group(7),
                        Double.parseDouble(form.group(8))));
    }

    /** The values for which the condition holds. */
    Collection<Match> matches(Collection<Series> series, GaugeWindows windows) {
        Map<String, Match> greatest = new TreeMap<>();
        for (Series each : series) {
            if (gauge.matches(each)) {
                Map<String, String> labels = kept(each.labels());
                value(each, series, windows)
                        .ifPresent(value -> greatest.merge(
                                labels.toString(),
                                new Match(labels, value),
                                (one, other) -> one.value() >= other.value() ? one : other));
            }
        }
        return greatest.values().stream().filter(match -> holds(match.value())).toList();
    }

    private Optional<Double> value(Series each, Collection<Series> all, GaugeWindows windows) {
        double value = overTime == null ? each.value() : windows.of(each, overTime, window);
        double quotient = divisor == null
                ? value
                : value
                        / all.stream()
                                .filter(divisor::matches)
                                .filter(other -> other.labels().equals(each.labels()))
                                .mapToDouble(Series::value)
                                .findFirst()
                                .orElse(Double.NaN);
        return Double.isNaN(quotient) ? Optional.empty() : Optional.of(quotient);
    }

    private boolean holds(double value) {
        return switch (comparison) {
            case ">" -> value > threshold;
            case "<" -> value < threshold;
            default -> value == threshold;
        };
    }

    private Map<String, String> kept(Map<String, String> labels) {
        if (by == null) {
            return new TreeMap<>(labels);
        }
        Map<String, String> kept = new TreeMap<>();
        by.stream().filter(labels::containsKey).forEach(label -> kept.put(label, labels.get(label)));
        return kept;
    }

    /** A selector of series in PromQL: a name and label matchers. */
    record Selector(Pattern name, List<LabelMatcher> labels) {

        /** A name with optional label matchers in braces, or braces alone, which match the name too. */
        static final String SYNTAX = "[a-z_]*(?:\\{[^}]*})?";

        private static final Pattern SELECTOR = Pattern.compile("([a-z_]*)(?:\\{([^}]*)})?");
        private static final Pattern LABEL = Pattern.compile("\\s*(\\w+)\\s*(=~|=)\\s*\"([^\"]*)\"\\s*");

        record LabelMatcher(String label, Pattern value) {

            boolean matches(Series series) {
                return value.matcher(series.labels().getOrDefault(label, "")).matches();
            }
        }

        boolean matches(Series series) {
            return name.matcher(series.name()).matches() && labels.stream().allMatch(label -> label.matches(series));
        }

        /** Empty if the selector is not supported. */
        static Optional<Selector> parse(String text) {
            Matcher selector = SELECTOR.matcher(text);
            if (!selector.matches()) {
                return Optional.empty();
            }
            Pattern name = selector.group(1).isEmpty() ? null : Pattern.compile(Pattern.quote(selector.group(1)));
            List<LabelMatcher> labels = new ArrayList<>();
            for (String condition : conditions(selector.group(2))) {
                Matcher label = LABEL.matcher(condition);
                if (!label.matches()) {
                    return Optional.empty();
                }
                Pattern value =
                        Pattern.compile(label.group(2).equals("=") ? Pattern.quote(label.group(3)) : label.group(3));
                if (label.group(1).equals("__name__")) {
                    name = value;
                } else {
                    labels.add(new LabelMatcher(label.group(1), value));
                }
            }
            return name == null ? Optional.empty() : Optional.of(new Selector(name, List.copyOf(labels)));
        }

        private static List<String> conditions(String braces) {
            return braces == null || braces.isBlank() ? List.of() : List.of(braces.split(",", -1));
        }
    }
}
