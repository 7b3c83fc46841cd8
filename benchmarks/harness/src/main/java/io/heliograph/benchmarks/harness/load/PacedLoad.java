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
 * Requests that are due at a fixed rate, whatever becomes of those before. One that no connection is free for is sent
 * late, and the time it waited counts.
 */
public final class PacedLoad implements Http.Listener {

    /**
     * How late a turn of its loop may be; a request that is due waits for it in each way alike. Shorter turns would take of the core
     * that others share with the load.
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

    /** @param loop one with turns of {@link #TURN}, on which there may be other load */
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
     * Also sends what could not be sent while it was due: to leave it out would leave out what waited longest. Fails if
     * anything but a success is answered, or if the last answer is too long in coming.
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
