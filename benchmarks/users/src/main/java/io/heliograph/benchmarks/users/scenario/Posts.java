package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.load.Http;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

/** A client that posts bodies sequentially over one connection and checks that each created its accounts. */
final class Posts implements Http.Listener, AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Loop loop = new Loop();
    private final String token;
    private final Queue<String> left = new ArrayDeque<>();
    private String expected;
    private Http connection;
    private boolean waiting;

    Posts(UserStack stack) {
        token = stack.adminToken();
        Http.open(loop, stack.service().address(), this);
        loop.runUntil(() -> connection != null, PATIENCE);
    }

    /** Posts these bodies and returns the time in seconds. Fails unless each body creates {@code rows} accounts. */
    double post(Queue<String> bodies, int rows) {
        left.addAll(bodies);
        expected = "\"created\":" + rows + ",";
        long start = System.nanoTime();
        next();
        loop.runUntil(() -> !waiting, PATIENCE);
        return (System.nanoTime() - start) / 1e9;
    }

    @Override
    public void open(Http opened) {
        connection = opened;
    }

    @Override
    public void answered(Http from, int status, String body) {
        if (status != 200 || !body.contains(expected)) {
            throw new IllegalStateException("answered " + status + ": " + body);
        }
        next();
    }

    @Override
    public void close() {
        loop.close();
    }

    private void next() {
        String body = left.poll();
        waiting = body != null;
        if (waiting) {
            connection.request("POST", "/api/users/batch", token, body);
        }
    }
}
