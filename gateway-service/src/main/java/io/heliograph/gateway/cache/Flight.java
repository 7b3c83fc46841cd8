package io.heliograph.gateway.cache;

import io.heliograph.gateway.proxy.Failure;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A question to the service, and those who wait for what comes of it, each on an event loop of its own. */
final class Flight {

    /** What came of it. */
    sealed interface Landing {

        /** The answer is stored. */
        record Stored(Entry entry) implements Landing {}

        /** There is none. */
        record Failed(Failure failure) implements Landing {}

        /** There is none, and this one, which is stale, may stand in for it. */
        record Instead(Entry entry) implements Landing {}

        /** There is one that is for nobody else: everyone has to ask alone. */
        record Alone() implements Landing {}
    }

    private record Waiter(Context context, Consumer<Landing> arrival) {}

    private final String key;
    private final List<Waiter> waiters = new ArrayList<>(1);
    private boolean landed;
    private volatile boolean outdated;

    Flight(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** False if it is too late for that. */
    synchronized boolean join(Context context, Consumer<Landing> arrival) {
        if (!landed) {
            waiters.add(new Waiter(context, arrival));
        }
        return !landed;
    }

    /** Something has changed since it was begun, so that what it brings is good for those who wait, but not stored. */
    void outdate() {
        outdated = true;
    }

    boolean isOutdated() {
        return outdated;
    }

    void land(Landing landing) {
        for (Waiter waiter : close()) {
            waiter.context().runOnContext(ignored -> waiter.arrival().accept(landing));
        }
    }

    private synchronized List<Waiter> close() {
        landed = true;
        return waiters;
    }
}
