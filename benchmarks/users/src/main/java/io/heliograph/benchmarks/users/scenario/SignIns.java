package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.load.Http;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Users who sign in again as soon as the previous sign-in has succeeded: more than are hashed and queued at once. A
 * user whose sign-in is rejected stops, so that the queue is always full but the load is not higher.
 */
final class SignIns implements Http.Listener {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Loop loop;
    private final UserStack stack;
    private final List<Http> callers = new ArrayList<>();
    private boolean running;
    private int underWay;
    private int next;
    private int done;
    private int refused;

    SignIns(Loop loop, UserStack stack, int count) {
        this.loop = loop;
        this.stack = stack;
        for (int i = 0; i < count; i++) {
            Http.open(loop, stack.service().address(), this);
        }
        loop.runUntil(() -> callers.size() == count, PATIENCE);
    }

    void start() {
        running = true;
        done = 0;
        refused = 0;
        callers.forEach(this::signIn);
    }

    /** Stops and waits for the last response. */
    void stop() {
        running = false;
        loop.runUntil(() -> underWay == 0, PATIENCE);
    }

    /** The number of sign-ins since the start. */
    int done() {
        return done;
    }

    int refused() {
        return refused;
    }

    @Override
    public void open(Http caller) {
        callers.add(caller);
    }

    @Override
    public void answered(Http caller, int status, String body) {
        underWay--;
        if (status == 503) {
            refused++;
        } else if (status != 200) {
            throw new IllegalStateException("answered " + status + ": " + body);
        } else {
            done++;
            if (running) {
                signIn(caller);
            }
        }
    }

    /** Each sign-in is for a different user. */
    private void signIn(Http caller) {
        underWay++;
        String username = stack.username(next++ % UserStack.PEOPLE);
        caller.request(
                "POST",
                "/api/auth/login",
                "none",
                "{\"login\":\"" + username + "\",\"password\":\"" + UserStack.PASSWORD + "\"}");
    }
}
