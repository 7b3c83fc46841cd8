package io.heliograph.message.preview;

/** Ends the work for a caller who has already got the response. Thread-safe. */
final class Cancellation {

    private Runnable underWay = () -> {};
    private boolean cancelled;

    /** Replaces the current step; ends it at once if the caller has already got the response. */
    void onCancel(Runnable end) {
        boolean late;
        synchronized (this) {
            underWay = end;
            late = cancelled;
        }
        if (late) {
            end.run();
        }
    }

    void cancel() {
        Runnable end;
        synchronized (this) {
            cancelled = true;
            end = underWay;
        }
        end.run();
    }

    synchronized boolean isCancelled() {
        return cancelled;
    }
}
