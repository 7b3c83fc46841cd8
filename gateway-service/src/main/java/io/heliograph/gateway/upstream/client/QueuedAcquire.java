package io.heliograph.gateway.upstream.client;

import java.util.concurrent.Future;

/** A request that waits for one of the connections that there may be. Used on its event loop. */
final class QueuedAcquire {

    private final PendingAcquire acquire;
    private final EventLoopPool loop;
    private Future<?> deadline;

    QueuedAcquire(PendingAcquire acquire, EventLoopPool loop) {
        this.acquire = acquire;
        this.loop = loop;
    }

    EventLoopPool loop() {
        return loop;
    }

    void until(Future<?> deadline) {
        this.deadline = deadline;
    }

    /** It has not to wait any more. */
    PendingAcquire end() {
        deadline.cancel(false);
        return acquire;
    }
}
