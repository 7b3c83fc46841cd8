package io.heliograph.message.imports;

import io.heliograph.message.message.send.GroupCommit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Throttles readers of files while clients send messages: after each chunk a reader pauses for a multiple of the time that
 * the chunk took, so that all readers of an import together use about half a processor.
 */
@Singleton
class ReadingPace {

    /** The longest pause: time in which a reader waited for its consumer is not work. */
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

    /** @param workedNanos how long the last chunk took */
    long pauseMillis(long workedNanos) {
        return sending.getAsBoolean()
                ? Math.min(MAX_PAUSE_MILLIS, TimeUnit.NANOSECONDS.toMillis(workedNanos * restsPerWork))
                : 0;
    }
}
