package io.heliograph.gateway.upstream.client;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.List;

/** The connections of one event loop that have something to write, once the loop comes to its tasks. */
final class Round implements Runnable {

    private static final FastThreadLocal<Round> OF_LOOP = new FastThreadLocal<>() {
        @Override
        protected Round initialValue() {
            return new Round();
        }
    };

    private List<RoundFlush> due = new ArrayList<>();
    /** Takes the place of the other while that one is gone through, as a write may call for another. */
    private List<RoundFlush> spare = new ArrayList<>();

    static Round ofThisLoop() {
        return OF_LOOP.get();
    }

    void add(RoundFlush flush) {
        due.add(flush);
        if (due.size() == 1) {
            flush.context().executor().execute(this);
        }
    }

    @Override
    public void run() {
        List<RoundFlush> now = due;
        due = spare;
        spare = now;
        now.forEach(RoundFlush::flushIfDue);
        now.clear();
    }
}
