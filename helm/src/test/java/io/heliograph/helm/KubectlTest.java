package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The plain manifests applied by kubectl. */
class KubectlTest {

    @TempDir
    Path folder;

    @BeforeAll
    static void needKubectl() {
        for (String tool : List.of("kubectl", "bash")) {
            boolean there = Arrays.stream(System.getenv("PATH").split(":", -1))
                    .anyMatch(entry -> Files.isExecutable(Path.of(entry, tool)));
            assumeTrue(there, tool + " is not installed, so the manifests in k8s are not applied");
        }
    }

    /** By the commands in docs/operations/kubernetes.md. */
    @Test
    void shouldKeepRunningPodsWhenAnAutoscalerTakesOver() throws Exception {
        try (ApiServer api = new ApiServer()) {
            api.kubeconfig(folder);
            String apply = "kubectl apply --validate=false --kustomize ";
            Path base = PlainManifests.ROOT.resolve("base");
            run(apply + overlay("fixed", "resources: [%s]", base));
            api.scale("heliograph-user", 6);

            run(Files.readString(Path.of("..", "docs", "operations", "kubernetes.md"))
                    .replaceFirst("(?s).*```sh\n(for service in [^`]*set-last-applied[^`]*)```.*", "$1"));
            run(apply
                    + overlay(
                            "scaled",
                            "resources: [%s]\ncomponents: [%s]",
                            base,
                            PlainManifests.ROOT.resolve("components/autoscaling")));

            assertTrue(api.find("HorizontalPodAutoscaler", "heliograph-user").isPresent());
            assertEquals(6, api.get("Deployment", "heliograph-user").number("spec.replicas"));
        }
    }

    private Path overlay(String name, String content, Path... parts) throws IOException {
        Path overlay = Files.createDirectories(folder.toRealPath().resolve(name));
        Object[] relative = new Object[parts.length];
        for (int i = 0; i < parts.length; i++) {
            relative[i] = overlay.relativize(parts[i].toRealPath());
        }
        Files.writeString(
                overlay.resolve("kustomization.yaml"),
                ("apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n" + content).formatted(relative));
        return overlay;
    }

    private void run(String script) throws IOException, InterruptedException {
        Path output = folder.resolve("output");
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", script)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        builder.environment().put("HOME", folder.toString());
        Process process = builder.start();

        assertTrue(process.waitFor(2, TimeUnit.MINUTES), script);
        assertEquals(0, process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
