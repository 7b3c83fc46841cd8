package io.heliograph.benchmarks.start;

import io.heliograph.localstack.process.Processes;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * A server that is started and sent one request.
 *
 * @param path the path of the request; any response is accepted, including an error
 */
record Contestant(String name, boolean ours, String path, Starter starter) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The time until all workers of a server are running. */
    private static final int SETTLE_MILLIS = 1_000;

    /** The time from the start to the first response, the processor time until then, and the memory soon after. */
    record Sample(double seconds, double cpuSeconds, long residentBytes) {}

    /** Returns empty if it does not start, which is then already noted. */
    Optional<Sample> sample(HttpClient http) {
        long start = System.nanoTime();
        Optional<Starter.Started> begun = starter.start();
        if (begun.isEmpty()) {
            return Optional.empty();
        }
        try (Starter.Started started = begun.get()) {
            awaitAnswer(http, started);
            double seconds = (System.nanoTime() - start) / 1e9;
            double cpuSeconds = started.usage().cpuSeconds();
            Processes.pause(SETTLE_MILLIS);
            return Optional.of(new Sample(seconds, cpuSeconds, started.usage().residentBytes()));
        }
    }

    /** A port may be open before the server responds. */
    private void awaitAnswer(HttpClient http, Starter.Started started) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + started.address().getPort() + path))
                .timeout(PATIENCE)
                .build();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                http.send(request, BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(name + " does not answer", notYet);
                }
                Processes.pause(10);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
