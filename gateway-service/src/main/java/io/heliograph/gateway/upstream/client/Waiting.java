package io.heliograph.gateway.upstream.client;

import java.util.concurrent.Future;

/** A request that waits for one of the connections that there may be. Used on its event loop. */
final class Waiting {

    private final Opening opening;
    private final LoopConnections loop;
    private Future<?> deadline;

    Waiting(Opening opening, LoopConnections loop) {
        this.opening = opening;
        this.loop = loop;
    }

    LoopConnections loop() {
        return loop;
    }

    void until(Future<?> deadline) {
        this.deadline = deadline;
    }

    /** It has not to wait any more. */
    Opening end() {
        deadline.cancel(false);
        return opening;
    }
}
