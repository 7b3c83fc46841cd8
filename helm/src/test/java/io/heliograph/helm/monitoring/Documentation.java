package io.heliograph.helm.monitoring;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The metrics and alerts in docs/operations, which queries and alerts have to agree with. */
final class Documentation {

    private static final String OPERATIONS = read(page("metrics")) + read(page("alerts"));
    private static final Pattern METRIC = Pattern.compile("heliograph_[a-z][a-z_]*[a-z]");
    private static final Set<String> METRICS = metrics(OPERATIONS);

    private Documentation() {}

    /** Fails if the query names a metric of ours that operators cannot look up. */
    static void assertKnowsMetricsOf(String query) {
        for (String metric : metrics(query)) {
            String name = metric.replaceFirst("_(bucket|sum|count)$", "");
            assertTrue(METRICS.contains(metric) || METRICS.contains(name), metric + " is not in docs/operations");
        }
    }

    /** The names of all alerts that have a heading. */
    static Set<String> runbooks() {
        return matches("(?m)^### (Heliograph\\w+)$", OPERATIONS);
    }

    private static Path page(String name) {
        return Path.of("..", "docs", "operations", name + ".md");
    }

    static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> metrics(String text) {
        return METRIC.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Set<String> matches(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
    }
}
