package io.heliograph.benchmarks.harness.load;

import io.heliograph.benchmarks.harness.report.Latencies;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Requests that are due at a fixed rate, independent of earlier responses. If no connection is free, a request is sent
 * late and the time it waited is included in its latency.
 */
public final class PacedLoad implements Http.Listener {

    /**
     * The maximum delay of a turn of the loop. It affects all contestants equally. Shorter turns would use processor
     * time of the core that other processes share with the load.
     */
    public static final Duration TURN = Duration.ofNanos(100_000);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Loop loop;
    private final String path;
    private final List<String> tokens;
    private final Queue<Http> free = new ArrayDeque<>();
    private final Map<Http, Long> due = new IdentityHashMap<>();
    private long sent;
    private Latencies latencies;

    /** @param loop a loop with turns of {@link #TURN}; it may serve other load as well */
    public PacedLoad(Loop loop, InetSocketAddress server, int connections, String path, List<String> tokens) {
        this.loop = loop;
        this.path = path;
        this.tokens = tokens;
        for (int i = 0; i < connections; i++) {
            Http.open(loop, server, this);
        }
        loop.runUntil(() -> free.size() == connections, PATIENCE);
    }

    /**
     * Also sends requests that are overdue; otherwise the longest waits would not be measured. Fails on any response
     * other than 200, or if the last response is late.
     */
    public Latencies run(double rate, Duration time) {
        sent = 0;
        latencies = new Latencies();
        long interval = Math.round(1e9 / rate);
        long requests = time.toNanos() / interval;
        long start = System.nanoTime();
        loop.runUntil(
                () -> {
                    sendDue(start, interval, requests);
                    return latencies.count() == requests;
                },
                time.plus(PATIENCE));
        return latencies;
    }

    @Override
    public void open(Http connection) {
        free.add(connection);
    }

    @Override
    public void answered(Http connection, int status, String body) {
        if (status != 200) {
            throw new IllegalStateException("answered " + status + ": " + body);
        }
        latencies.record(System.nanoTime() - due.remove(connection));
        free.add(connection);
    }

    private void sendDue(long start, long interval, long requests) {
        long now = System.nanoTime();
        while (sent < requests && start + sent * interval <= now && !free.isEmpty()) {
            Http connection = free.remove();
            due.put(connection, start + sent * interval);
            connection.request("GET", path, tokens.get((int) (sent % tokens.size())), "");
            sent++;
        }
    }
}
