package io.heliograph.testsupport;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

/** The metrics of the service under test, as Prometheus scrapes them. */
public final class Meters {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private Meters() {}

    public static String all() {
        try {
            return CLIENT.send(
                            HttpRequest.newBuilder(ManagementPort.uri("/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The sum of the samples that have this name, and labels that begin with these if any are given. */
    public static double of(String sample) {
        return all().lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
