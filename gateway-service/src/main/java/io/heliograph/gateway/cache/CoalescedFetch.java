package io.heliograph.gateway.cache;

import io.heliograph.gateway.proxy.UpstreamFailure;
import io.vertx.core.Context;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A question to the service, and those who wait for what comes of it, each on an event loop of its own. */
final class CoalescedFetch {

    /** What came of it. */
    sealed interface FetchResult {

        /** The answer is stored. */
        record Stored(CacheEntry entry) implements FetchResult {}

        /** There is none. */
        record Failed(UpstreamFailure failure) implements FetchResult {}

        /** There is none, and this one, which is stale, may stand in for it. */
        record StaleOnError(CacheEntry entry) implements FetchResult {}

        /** There is one that is for nobody else: everyone has to ask alone. */
        record NotShareable() implements FetchResult {}
    }

    private record Waiter(Context context, Consumer<FetchResult> arrival) {}

    private final String key;
    private final List<Waiter> waiters = new ArrayList<>(1);
    private boolean completed;
    private volatile boolean invalidated;

    CoalescedFetch(String key) {
        this.key = key;
    }

    String key() {
        return key;
    }

    /** False if it is too late for that. */
    synchronized boolean join(Context context, Consumer<FetchResult> arrival) {
        if (!completed) {
            waiters.add(new Waiter(context, arrival));
        }
        return !completed;
    }

    /** Something has changed since it was begun, so that what it brings is good for those who wait, but not stored. */
    void invalidate() {
        invalidated = true;
    }

    boolean isInvalidated() {
        return invalidated;
    }

    void complete(FetchResult result) {
        for (Waiter waiter : close()) {
            waiter.context().runOnContext(ignored -> waiter.arrival().accept(result));
        }
    }

    private synchronized List<Waiter> close() {
        completed = true;
        return waiters;
    }
}
