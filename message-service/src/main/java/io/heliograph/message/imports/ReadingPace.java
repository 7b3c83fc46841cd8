package io.heliograph.message.imports;

import io.heliograph.message.message.send.GroupCommit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Leaves the processors to clients while they send: then a reader of files rests after each chunk for a multiple of the
 * time that it has worked on it, such that all readers of an import together take about half a processor.
 */
@Singleton
class ReadingPace {

    /** A reader that waited until somebody took what it had read has not worked for so long. */
    static final long MAX_PAUSE_MILLIS = 100;

    private final BooleanSupplier sending;
    private final int restsPerWork;

    @Inject
    ReadingPace(GroupCommit commits, ImportConfig config) {
        this(commits::hasLiveTraffic, config.readersAtOnce());
    }

    ReadingPace(BooleanSupplier sending, int readers) {
        this.sending = sending;
        this.restsPerWork = 2 * readers - 1;
    }

    /** @param workedNanos how long the reader has worked on its last chunk */
    long pauseMillis(long workedNanos) {
        return sending.getAsBoolean()
                ? Math.min(MAX_PAUSE_MILLIS, TimeUnit.NANOSECONDS.toMillis(workedNanos * restsPerWork))
                : 0;
    }
}
