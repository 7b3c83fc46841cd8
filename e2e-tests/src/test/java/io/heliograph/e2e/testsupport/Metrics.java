package io.heliograph.e2e.testsupport;

import io.heliograph.localstack.stack.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The metrics of a service at one moment, in the text format of Prometheus. */
public final class Metrics {

    /** As Prometheus asks: after an upgrade to HTTP/2 in the clear the answer was once read as frames though it was none. */
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final List<String> lines;

    private Metrics(List<String> lines) {
        this.lines = lines;
    }

    public static Metrics of(ServiceProcess process) {
        HttpRequest request =
                HttpRequest.newBuilder(process.management("/q/metrics")).build();
        try {
            return new Metrics(
                    HTTP.send(request, BodyHandlers.ofString()).body().lines().toList());
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The value of a series such as {@code heliograph_deliveries_total{kind="live"}}; 0 if there is none yet. */
    public double value(String series) {
        return lines.stream()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(Metrics::number)
                .findFirst()
                .orElse(0);
    }

    /** The gauges whose names begin so, by series, but for those that hold the maximum of a timer. */
    public Map<String, Double> gauges(String prefix) {
        Map<String, Double> gauges = new TreeMap<>();
        lines.stream()
                .filter(line -> line.startsWith("# TYPE " + prefix) && line.endsWith(" gauge"))
                .map(line -> line.split(" ", -1)[2])
                .filter(name -> !name.endsWith("_max"))
                .forEach(name -> lines.stream()
                        .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                        .forEach(line -> gauges.put(line.substring(0, line.lastIndexOf(' ')), number(line))));
        return gauges;
    }

    private static double number(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
