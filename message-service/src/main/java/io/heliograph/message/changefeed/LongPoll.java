package io.heliograph.message.changefeed;

import io.vertx.core.Future;
import io.vertx.core.Promise;

/** A request whose response may be delayed. The first event ends it. Thread-safe. */
final class LongPoll {

    private final long millis;
    private final Promise<Void> ended = Promise.promise();

    LongPoll(long millis) {
        this.millis = millis;
    }

    /** The longest delay; 0 for none. */
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
