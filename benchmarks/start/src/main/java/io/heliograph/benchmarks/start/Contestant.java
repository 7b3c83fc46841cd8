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
 * Something that is started and asked.
 *
 * @param path what is asked; any answer will do, a refusal too
 */
record Contestant(String name, boolean ours, String path, Starter starter) {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Until the other workers of what has several are there too. */
    private static final int REST_MILLIS = 1_000;

    /** From its start to its first answer, what that took of the processor, and what it has in memory soon after. */
    record Sample(double seconds, double cpuSeconds, long residentBytes) {}

    /** Empty if it does not start, which is noted by then. */
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
            Processes.pause(REST_MILLIS);
            return Optional.of(new Sample(seconds, cpuSeconds, started.usage().residentBytes()));
        }
    }

    /** A port may be open before there is anybody to answer. */
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
