package io.heliograph.gateway.live.alert;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which series an expression is about: a name, and what labels have to be, as PromQL writes them. */
record Selector(Pattern name, List<LabelMatcher> labels) {

    /** A name with labels in braces, or braces alone that match the name too. */
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

    /** Empty for what this does not understand. */
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
