package io.heliograph.message.changefeed;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A request that may be held back for some time. Whoever comes first ends it. Thread-safe. */
final class LongPoll {

    private final long millis;
    private final Promise<Void> ended = Promise.promise();

    LongPoll(long millis) {
        this.millis = millis;
    }

    /** How long it may be held back; 0 for not at all. */
    long millis() {
        return millis;
    }

    Future<Void> ended() {
        return ended.future();
    }

    void end() {
        ended.tryComplete();
    }

    void fail(Throwable failure) {
        ended.tryFail(failure);
    }
}
