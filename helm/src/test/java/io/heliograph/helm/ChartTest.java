package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
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
import org.junit.jupiter.params.provider.ValueSource;
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
    void shouldRenderValidObjects(Path valuesFile) {
        for (String kubernetes : Chart.KUBERNETES) {
            Chart.render(kubernetes, valuesFile).manifests().forEach(Schemas::validate);
        }
    }

    @ParameterizedTest
    @MethodSource(CI_FILES)
    void shouldRenderTheSameTwice(Path valuesFile) {
        assertEquals(withoutSecrets(Chart.render(valuesFile)), withoutSecrets(Chart.render(valuesFile)));
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
    void shouldRequireNoCustomResourcesByDefault() {
        for (String file : List.of("minimal", "no-crds", "native", "jvm")) {
            List<Manifest> manifests = Chart.render(Chart.ci(file)).manifests();

            assertEquals(
                    List.of(),
                    manifests.stream().filter(Schemas::needsDefinition).toList(),
                    file);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr",
                "chat.example.com",
                "1chat",
                "a--------------------------------------------b"
            })
    void shouldRenderForAnyNameOfARelease(String name) {
        List<Manifest> manifests = new Release(Chart.template(Chart.KUBERNETES.get(0))
                        .withName(name)
                        .withValuesFile(Chart.ci("production"))
                        .call())
                .manifests();

        for (Manifest manifest : manifests) {
            assertTrue(manifest.name().matches("[a-z]([a-z0-9-]{0,61}[a-z0-9])?"), manifest::name);
            manifest.texts("metadata.labels").values().forEach(ChartTest::assertLabel);
        }
    }

    /** Flux adds the digest of a chart to its version, behind a plus. */
    @Test
    void shouldRenderForAnyVersion(@TempDir Path folder) throws IOException {
        Path chart = Chart.alone(Chart.copy(folder));
        Path description = chart.resolve("Chart.yaml");
        Files.writeString(
                description,
                Files.readString(description)
                        .replace("ersion: 1.0.0", "ersion: 1.0.0-rc.1+" + "0123456789abcdef".repeat(3) + ".x"));

        Release release = new Release(
                Chart.template(chart).withValuesFile(Chart.ci("production")).call());

        for (Manifest manifest : release.manifests()) {
            manifest.texts("metadata.labels").values().forEach(ChartTest::assertLabel);
        }
        for (Manifest deployment : release.all("Deployment")) {
            deployment.texts("spec.template.metadata.labels").values().forEach(ChartTest::assertLabel);
            assertTrue(deployment
                    .list("spec.template.spec.containers")
                    .get(0)
                    .text("image")
                    .matches("[a-z0-9./-]+:[A-Za-z0-9_.-]+"));
        }
    }

    /** As a part of another chart, which may leave it out. */
    @Test
    void shouldRenderWithinAnotherChart(@TempDir Path folder) throws IOException {
        Chart.alone(Chart.copy(folder.resolve("charts/heliograph")));
        Files.writeString(folder.resolve("Chart.yaml"), """
                apiVersion: v2
                name: product
                version: 1.0.0
                dependencies:
                  - {name: heliograph, version: 1.0.0, condition: heliograph.enabled}
                """);
        Files.writeString(folder.resolve("values.yaml"), """
                global: {region: eu}
                heliograph:
                  enabled: true
                  image: {registry: registry.example.com/heliograph}
                """);

        Release with = new Release(Chart.template(folder).call());
        String without = Chart.template(folder).set("heliograph.enabled", false).call();

        assertEquals(3, with.all("Deployment").size());
        assertNull(without);
    }

    private static void assertLabel(String value) {
        assertTrue(value.matches("([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?"), value);
    }

    @Test
    void shouldRejectAnOlderKubernetes() {
        assertThrows(RuntimeException.class, () -> Chart.render("1.29.9", Chart.ci("minimal")));
    }

    /** Those that the chart makes are others each time. */
    private static List<Manifest> withoutSecrets(Release release) {
        return release.manifests().stream()
                .filter(manifest -> !manifest.kind().equals("Secret"))
                .toList();
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
