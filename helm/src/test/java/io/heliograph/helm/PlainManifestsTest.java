package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds k8s/base equal to the chart; with {@code -Dheliograph.render=true} it writes it first. */
class PlainManifestsTest {

    private static final Path BASE = Path.of("..", "k8s", "base");
    private static final String HEADER = "# Rendered from helm/heliograph with k8s/base/values.yaml; do not edit.\n"
            + "# Made by: ./mvnw -pl helm test -Dheliograph.render=true\n";

    @Test
    void shouldBeWhatTheChartRenders() throws IOException {
        Path manifests = BASE.resolve("heliograph.yaml");
        // Helm tells itself as the manager and as the source; whoever applies plain manifests is neither.
        String rendered = HEADER
                + Chart.template(Chart.KUBERNETES.get(0))
                        .withValuesFile(BASE.resolve("values.yaml"))
                        .call()
                        .replaceAll("(?m)^ *(app\\.kubernetes\\.io/managed-by|helm\\.sh/chart): .*\n", "")
                        .replaceAll("(?m)^# Source: .*\n", "");
        if (Boolean.getBoolean("heliograph.render")) {
            Files.writeString(manifests, rendered);
        }

        assertEquals(Files.readString(manifests), rendered);
    }
}
