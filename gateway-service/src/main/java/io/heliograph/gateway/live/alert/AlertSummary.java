package io.heliograph.gateway.live.alert;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in what rules write in their summaries, as far as ours do. */
final class AlertSummary {

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
