package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

class ChartTest {

    static final String CI_FILES = "io.heliograph.helm.Chart#ciFiles";

    @Test
    void shouldPassLintStrictly() {
        assertPasses(Chart.helm());
    }

    /** Lint takes no file of values, so the chart is looked at with them as its own. */
    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldPassLintStrictlyWithEachFeature(Path valuesFile, @TempDir Path folder) throws IOException {
        Path chart = Chart.copy(folder);
        Path values = chart.resolve("values.yaml");
        Map<String, Object> merged = new Yaml().load(Files.readString(values));
        merge(merged, new Yaml().load(Files.readString(valuesFile)));
        Files.writeString(values, new Yaml().dump(merged));

        assertPasses(new Helm(chart));
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldRenderWhatTheApiServerKnows(Path valuesFile) {
        for (String kubernetes : Chart.KUBERNETES) {
            Chart.render(kubernetes, valuesFile).manifests().forEach(Schemas::validate);
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldRenderTheSameTwice(Path valuesFile) {
        assertEquals(Chart.render(valuesFile), Chart.render(valuesFile));
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldRenderEachObjectOnceAndIntoItsNamespace(Path valuesFile) {
        Set<String> seen = new HashSet<>();

        for (Manifest manifest : Chart.render(valuesFile).manifests()) {
            assertTrue(seen.add(manifest.toString()), () -> manifest + " is there twice");
            assertEquals("heliograph", manifest.text("metadata.namespace"), manifest::toString);
        }
    }

    @Test
    void shouldNeedNothingInstalledUnlessItIsAskedFor() {
        for (String file : List.of("minimal", "no-crds", "native", "jvm")) {
            List<Manifest> manifests = Chart.render(Chart.ci(file)).manifests();

            assertEquals(
                    List.of(),
                    manifests.stream().filter(Schemas::needsDefinition).toList(),
                    file);
        }
    }

    @Test
    void shouldRenderForAnyNameOfARelease() {
        String longest = "r".repeat(53);

        new Release(Chart.template(Chart.KUBERNETES.get(0))
                        .withName(longest)
                        .withValuesFile(Chart.ci("production"))
                        .call())
                .manifests().stream()
                        .map(Manifest::name)
                        .forEach(name -> assertTrue(name.length() <= 63, () -> name + " is too long for a label"));
    }

    @Test
    void shouldRefuseAnOlderKubernetes() {
        assertThrows(RuntimeException.class, () -> Chart.render("1.29.9", Chart.ci("minimal")));
    }

    private static void assertPasses(Helm chart) {
        LintResult result = chart.lint().strict().call();

        assertFalse(result.isFailed(), () -> String.join("\n", result.getMessages()));
    }

    @SuppressWarnings("unchecked")
    private static void merge(Map<String, Object> into, Map<String, Object> from) {
        from.forEach((key, value) -> {
            if (value instanceof Map && into.get(key) instanceof Map) {
                merge((Map<String, Object>) into.get(key), (Map<String, Object>) value);
            } else {
                into.put(key, value);
            }
        });
    }
}
