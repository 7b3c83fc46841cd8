package io.heliograph.gateway.live.alert;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The alerting rules of Prometheus, read from the same files, which the build includes: names, thresholds, durations
 * and severities have one source. Rules whose expression is not an {@link AlertExpression} are left out.
 */
@Singleton
final class AlertRules {

    /** Evaluated by the number of present services, since its expression is about targets of Prometheus. */
    static final String SERVICE_GONE = "HeliographServiceGone";

    /** Listed here, since a native executable cannot list a folder. */
    static final List<String> FILES =
            List.of("gateway.yaml", "messages.yaml", "objectives.yaml", "services.yaml", "stores.yaml", "users.yaml");

    private static final String FOLDER = "/rules/";

    private volatile List<AlertRule> rules;

    /** The rules that can be evaluated. Read on first use, so that a gateway without watchers does not read them. */
    List<AlertRule> decidable() {
        List<AlertRule> read = rules;
        if (read == null) {
            read = read();
            rules = read;
        }
        return read;
    }

    private static List<AlertRule> read() {
        List<AlertRule> rules = new ArrayList<>();
        Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
        for (String file : FILES) {
            try (InputStream text = AlertRules.class.getResourceAsStream(FOLDER + file)) {
                Map<String, Object> document = yaml.load(text);
                maps(document, "groups").stream()
                        .flatMap(group -> maps(group, "rules").stream())
                        .map(AlertRules::rule)
                        .flatMap(Optional::stream)
                        .forEach(rules::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return List.copyOf(rules);
    }

    private static Optional<AlertRule> rule(Map<String, Object> rule) {
        if (!(rule.get("alert") instanceof String name)) {
            return Optional.empty();
        }
        Optional<AlertExpression> expression = AlertExpression.parse((String) rule.get("expr"));
        if (expression.isEmpty() && !name.equals(SERVICE_GONE)) {
            return Optional.empty();
        }
        return Optional.of(new AlertRule(
                name,
                expression.orElse(null),
                duration((String) rule.get("for")),
                map(rule, "labels").get("severity").toString(),
                map(rule, "annotations").get("summary").toString(),
                map(rule, "annotations").get("runbook_url").toString()));
    }

    /** Parses a duration such as {@code 5m}. */
    private static Duration duration(String text) {
        return text == null ? Duration.ZERO : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
    }

    @SuppressWarnings("unchecked") // What a safe YAML parser gives.
    private static List<Map<String, Object>> maps(Map<String, Object> parent, String key) {
        return (List<Map<String, Object>>) parent.get(key);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Map<String, Object> parent, String key) {
        return (Map<String, Object>) parent.get(key);
    }

    /**
     * A rule of {@code monitoring/rules} that can be evaluated here.
     *
     * @param expression null for {@link AlertRules#SERVICE_GONE}, which is evaluated by replicas
     * @param duration how long the condition has to hold
     * @param summary a template
     */
    record AlertRule(
            String name,
            AlertExpression expression,
            Duration duration,
            String severity,
            String summary,
            String runbook) {}
}
