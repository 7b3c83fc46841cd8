package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pods of "helm test"; e2e-tests run their scripts against a running Heliograph. */
class TestPodTest {

    @Test
    void shouldRunAPodForEachBehaviour() throws IOException {
        try (Stream<Path> scripts = Files.list(Path.of("heliograph", "tests"))) {
            List<String> expected = scripts.map(script -> script.getFileName().toString())
                    .map(name -> "heliograph-test-" + name.replace(".sh", ""))
                    .sorted()
                    .toList();

            assertEquals(expected, pods().stream().map(Manifest::name).sorted().toList());
        }
    }

    /** As objects of the release they would have ended before --wait saw them ready, for which it waits. */
    @Test
    void shouldBeHooksWithAnyValues() {
        for (Manifest pod : Chart.render(Map.of("tests.annotations", "null")).all("Pod")) {
            assertEquals("test", pod.texts("metadata.annotations").get(Chart.HOOK));
        }
    }

    @Test
    void shouldCallTheGatewayFromAPinnedImage() {
        Manifest gateway = Chart.render(Map.of()).of("gateway", "Service");

        for (Manifest pod : pods()) {
            Manifest container = pod.list("spec.containers").get(0);
            assertTrue(container.text("image").matches(".+:.+@sha256:[0-9a-f]{64}"));
            assertEquals(
                    "http://" + gateway.name() + ":"
                            + gateway.list("spec.ports").get(0).number("port"),
                    Environment.of(container).get("GATEWAY"));
        }
    }

    @Test
    void shouldBeAdmittedWhereClientsAreRestricted() {
        Release release = Chart.render(Chart.ci("production"));
        List<Map<String, String>> admitted =
                release.of("gateway", "NetworkPolicy").list("spec.ingress").get(0).list("from").stream()
                        .map(peer -> peer.texts("podSelector.matchLabels"))
                        .toList();

        for (Manifest pod : pods()) {
            assertTrue(admitted.stream()
                    .filter(labels -> !labels.isEmpty())
                    .anyMatch(labels -> pod.texts("metadata.labels").entrySet().containsAll(labels.entrySet())));
        }
    }

    private static List<Manifest> pods() {
        return Chart.render(Chart.ci("hooks")).all("Pod");
    }
}
