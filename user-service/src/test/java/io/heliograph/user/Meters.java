package io.heliograph.user;

import static io.restassured.RestAssured.given;

import io.heliograph.testsupport.ManagementPort;

/** What the service says of itself, as Prometheus reads it. */
public final class Meters {

    private Meters() {}

    public static String all() {
        return given().get(ManagementPort.uri("/metrics")).asString();
    }

    /** The sum of the samples that have this name, and labels that begin with these if any are given. */
    public static double of(String sample) {
        return all().lines()
                .filter(line -> line.startsWith(sample))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
