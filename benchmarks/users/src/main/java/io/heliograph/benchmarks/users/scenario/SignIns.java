package io.heliograph.benchmarks.users.scenario;

import io.heliograph.benchmarks.harness.load.Http;
import io.heliograph.benchmarks.harness.load.Loop;
import io.heliograph.benchmarks.users.stack.UserStack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * People who sign in again as soon as they have: more than hash and wait at once. Who is told to come back later does
 * not, so that the queue is always full and no more than that is asked for.
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

    /** Returns when the last one is answered. */
    void stop() {
        running = false;
        loop.runUntil(() -> underWay == 0, PATIENCE);
    }

    /** Since they were started. */
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

    /** Each time as someone else. */
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
