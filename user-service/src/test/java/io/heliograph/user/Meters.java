package io.heliograph.user;

import static io.restassured.RestAssured.given;

import org.eclipse.microprofile.config.ConfigProvider;

/** What the service says of itself, as Prometheus reads it. */
public final class Meters {

    private Meters() {}

    public static String all() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", int.class);
        return given().baseUri("http://localhost").port(port).get("/q/metrics").asString();
    }

    /** The sum of the samples that have this name, and labels that begin with these if any are given. */
    public static double of(String sample) {
        return all().lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
