package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds k8s equal to the chart; with {@code -Dheliograph.render=true} it writes it first. */
class PlainManifestsTest {

    private static final String HEADER = "# Rendered from helm/heliograph with values.yaml; do not edit.\n"
            + "# Made by: ./mvnw -pl helm test -Dheliograph.render=true\n";

    @ParameterizedTest
    @MethodSource("io.heliograph.helm.PlainManifests#rendered")
    void shouldEqualTheRenderedChart(Path folder) throws IOException {
        Path manifests = folder.resolve("heliograph.yaml");
        String rendered = HEADER + PlainManifests.manifest(folder);
        if (Boolean.getBoolean("heliograph.render")) {
            Files.writeString(manifests, rendered);
        }

        assertEquals(Files.readString(manifests), rendered);
    }
}
