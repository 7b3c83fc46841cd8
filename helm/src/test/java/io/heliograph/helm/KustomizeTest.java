package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What kustomize makes of the plain manifests. */
class KustomizeTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needKubectl() {
        boolean there = Arrays.stream(System.getenv("PATH").split(":", -1))
                .anyMatch(entry -> Files.isExecutable(Path.of(entry, "kubectl")));
        assumeTrue(there, "kubectl is not installed, so the overlays in k8s are not checked");
    }

    @ParameterizedTest
    @MethodSource("io.heliograph.helm.PlainManifests#overlays")
    void shouldRenderValidObjects(Path overlay) throws Exception {
        Release made = kustomize(overlay);

        assertTrue(made.manifests().size() > 8);
        made.manifests().forEach(Schemas::validate);
    }

    @ParameterizedTest
    @MethodSource("io.heliograph.helm.PlainManifests#components")
    void shouldRenderAComponentLikeTheChart(Path component) throws Exception {
        Path overlay = folder.toRealPath();
        Path base = PlainManifests.ROOT.resolve("base");
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [%s]
                components: [%s]
                """.formatted(
                        overlay.relativize(base.toRealPath()), overlay.relativize(component.toRealPath())));

        Release made = kustomize(overlay);

        assertEquals(byName(PlainManifests.chart(base, component)), byName(made));
    }

    /** The overlay for a trial needs nothing that is there before. */
    @Test
    void shouldMakeEverySecretOfATrial() throws Exception {
        String made = kustomize(PlainManifests.ROOT.resolve("overlays/dev")).yaml();

        for (Manifest secret : new Release(made).all("Secret")) {
            assertTrue(made.split("ame: " + secret.name() + "\n", -1).length > 2, () -> secret + " is not used");
        }
        assertEquals(2, new Release(made).all("Secret").size());
        assertFalse(made.contains("heliograph-signing-keys"), "the key is made by the pod");
    }

    private Release kustomize(Path overlay) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        Process process = new ProcessBuilder("kubectl", "kustomize", overlay.toString())
                .redirectError(errors.toFile())
                .start();
        String made = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> read(errors));
        return new Release(made);
    }

    private static Map<String, Manifest> byName(Release release) {
        return release.manifests().stream()
                .collect(Collectors.toMap(Manifest::toString, manifest -> manifest, (one, other) -> one, TreeMap::new));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
