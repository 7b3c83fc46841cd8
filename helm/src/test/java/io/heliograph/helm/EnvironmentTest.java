package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the operator override those of the chart, without duplicates. */
class EnvironmentTest {

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "user", "message"})
    void shouldPreferTheValueOfTheOperatorForEveryVariable(String component) {
        Map<String, Object> values = new HashMap<>();
        environment(Chart.render(Map.of()), component, "Deployment").forEach((name, value) -> {
            if (!name.matches(".*(PASSWORD|SECRET)|QUARKUS_SHUTDOWN_.*|JAVA_TOOL_OPTIONS")) {
                values.put(component + ".env." + name, "x" + name);
            }
        });

        // Fails by itself where a name is there twice.
        Map<String, String> environment = environment(Chart.render(values), component, "Deployment");

        assertTrue(values.size() > 4);
        values.forEach((key, value) -> assertEquals(value, environment.get(key.substring(key.lastIndexOf('.') + 1))));
    }

    @Test
    void shouldAcceptASecretInPlaceOfAValue() {
        Map<String, String> environment = environment(
                Chart.render(Map.of(
                        "message.secretEnv.QUARKUS_REDIS_HOSTS.name", "redis",
                        "message.secretEnv.QUARKUS_REDIS_HOSTS.key", "url")),
                "message",
                "Deployment");

        assertEquals("redis/url", environment.get("QUARKUS_REDIS_HOSTS"));
    }

    @Test
    void shouldApplyToJobsToo() {
        Map<String, String> environment = environment(
                Chart.render(Map.of(
                        "user.env.QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://elsewhere",
                        "user.env.QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL", "1S")),
                "user-migration",
                "Job");

        assertEquals("postgresql://elsewhere", environment.get("QUARKUS_DATASOURCE_REACTIVE_URL"));
        assertEquals("1S", environment.get("QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL"));
        assertEquals("true", environment.get("QUARKUS_INIT_AND_EXIT"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "user", "message", "user-migration", "message-migration"})
    void shouldLogJsonIfConfigured(String component) {
        String kind = component.endsWith("-migration") ? "Job" : "Deployment";

        assertEquals(
                "true",
                environment(Chart.render(Map.of("logs.json", true)), component, kind)
                        .get("QUARKUS_LOG_CONSOLE_JSON_ENABLED"));
        assertFalse(
                environment(Chart.render(Map.of()), component, kind).containsKey("QUARKUS_LOG_CONSOLE_JSON_ENABLED"));
    }

    @Test
    void shouldRejectAVariableWithBothAValueAndASecret() {
        Map<String, Object> values = Map.of(
                "user.env.QUARKUS_REDIS_HOSTS", "redis://elsewhere",
                "user.secretEnv.QUARKUS_REDIS_HOSTS.name", "redis",
                "user.secretEnv.QUARKUS_REDIS_HOSTS.key", "url");

        String message =
                assertThrows(RuntimeException.class, () -> Chart.render(values)).getMessage();

        assertTrue(message.contains("user.secretEnv.QUARKUS_REDIS_HOSTS:"), message);
    }

    private static Map<String, String> environment(Release release, String component, String kind) {
        return Environment.of(release.of(component, kind)
                .pod()
                .orElseThrow()
                .list("spec.containers")
                .get(0));
    }
}
