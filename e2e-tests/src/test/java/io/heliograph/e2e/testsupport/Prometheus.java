package io.heliograph.e2e.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import io.heliograph.localstack.stack.Service;
import io.heliograph.localstack.stack.ServiceProcess;
import io.heliograph.localstack.store.FreePorts;
import io.heliograph.testsupport.Json;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** A Prometheus that scrapes a running Heliograph each second, with the labels that docs/operations/metrics.md asks for. */
public final class Prometheus implements AutoCloseable {

    public static final String NAMESPACE = "heliograph";

    /** An alert that fires, so that what shows alerts has one to show. */
    private static final String FIRING = """
            {"groups": [{"name": "firing", "rules": [
              {"alert": "HeliographTest", "expr": "vector(1)", "labels": {"namespace": "%s", "severity": "warning"}}]}]}
            """.formatted(NAMESPACE);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final URI address;

    private Prometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Whether there is one to be started on this machine. */
    public static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "prometheus")));
    }

    /** @param folder empty, for its configuration, its data and its log */
    public static Prometheus scraping(Heliograph heliograph, Path folder) throws IOException {
        Path firing = Files.writeString(folder.resolve("firing.json"), FIRING);
        Path configuration = Files.writeString(folder.resolve("prometheus.json"), configuration(heliograph, firing));
        String listen = "127.0.0.1:" + FreePorts.next();
        Process process = new ProcessBuilder(
                        "prometheus",
                        "--config.file=" + configuration,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=" + listen)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, URI.create("http://" + listen));
        Awaitility.await("Prometheus").ignoreExceptions().until(() -> prometheus.query("up"), up -> !up.isEmpty());
        return prometheus;
    }

    /** The series that the query gives now. Fails if it cannot be evaluated. */
    public JsonNode query(String query) {
        return get("/api/v1/query?query=" + encode(query)).get("result");
    }

    /** The values that a label has among these series. */
    public JsonNode values(String label, String series) {
        return get("/api/v1/label/" + label + "/values?match%5B%5D=" + encode(series));
    }

    /** The groups of rules, each with its health. */
    public JsonNode groups() {
        return get("/api/v1/rules").get("groups");
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    private JsonNode get(String path) {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).build();
        try {
            JsonNode answer =
                    Json.parse(HTTP.send(request, BodyHandlers.ofString()).body());
            if (!answer.get("status").asText().equals("success")) {
                throw new AssertionError(answer.get("error").asText());
            }
            return answer.get("data");
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** JSON is YAML too. */
    private static String configuration(Heliograph heliograph, Path firing) {
        String jobs = Arrays.stream(Service.values())
                .map(service -> job(heliograph, service))
                .collect(Collectors.joining(","));
        return """
                {"global": {"scrape_interval": "1s", "evaluation_interval": "1s"},
                 "rule_files": ["%s/monitoring/rules/*.yaml", "%s"],
                 "scrape_configs": [%s]}
                """.formatted(Heliograph.home(), firing, jobs);
    }

    private static String job(Heliograph heliograph, Service service) {
        String targets = heliograph.stack().replicas(service).stream()
                .map(Prometheus::target)
                .collect(Collectors.joining(","));
        return """
                {"job_name": "heliograph-%s", "metrics_path": "/q/metrics", "static_configs": [%s]}
                """.formatted(service.label(), targets);
    }

    private static String target(ServiceProcess replica) {
        return """
                {"targets": ["%s"], "labels": {"namespace": "%s", "instance": "%s"}}
                """.formatted(replica.management("").getAuthority(), NAMESPACE, replica.name());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
