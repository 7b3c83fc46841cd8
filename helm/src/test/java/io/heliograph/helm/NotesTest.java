package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is printed at the end of an installation fits what was installed. */
class NotesTest {

    /** Helm renders the notes but gives them to a cluster only; so here a ConfigMap holds them. */
    private static final String SHOWING = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: notes}
            data:
              text: {{ tpl (.Files.Get "notes.txt") . | quote }}
            """;

    @TempDir
    Path folder;

    @Test
    void shouldExplainHowToReachTheGatewayWithoutAHost() throws IOException {
        String notes = notes(Chart.ci("minimal"));

        assertTrue(notes.contains("port-forward service/heliograph-gateway 8080:80"), notes);
        assertTrue(notes.contains("heliograph-postgres (username, password)"), notes);
        assertFalse(notes.contains("WARNING"), notes);
    }

    @Test
    void shouldNameTheConfiguredHostsAndSecrets() throws IOException {
        String notes = notes(Chart.ci("production"));

        assertTrue(notes.contains("curl https://chat.example.com/.well-known/jwks.json"), notes);
        assertTrue(notes.contains("heliograph-redis (password)"), notes);
        assertTrue(notes.contains("get hpa"), notes);
        assertFalse(notes.contains("WARNING"), notes);
    }

    @Test
    void shouldWarnOfRiskyValues() throws IOException {
        Path values = folder.resolve("careless.yaml");
        Files.writeString(values, Files.readString(Chart.ci("minimal")) + """
                        ingress: {enabled: true, hosts: [chat.example.com]}
                        networkPolicy: {enabled: false}
                        user: {replicas: 1}
                        """);

        String notes = notes(values);

        assertTrue(notes.contains("trustedProxies is empty"), notes);
        assertTrue(notes.contains("user runs one pod"), notes);
        assertTrue(notes.contains("networkPolicy.enabled is false"), notes);
    }

    private String notes(Path values) throws IOException {
        Path chart = Chart.alone(Chart.copy(folder.resolve("chart")));
        Files.move(chart.resolve("templates/NOTES.txt"), chart.resolve("notes.txt"));
        Files.writeString(chart.resolve("templates/notes.yaml"), SHOWING);
        Release release =
                new Release(Chart.template(chart).withValuesFile(values).call());
        return release.all("ConfigMap").stream()
                .filter(map -> map.name().equals("notes"))
                .findFirst()
                .orElseThrow()
                .text("data.text");
    }
}
