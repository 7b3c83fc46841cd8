package io.heliograph.message.preview;

/** Ends the work for a caller who has the response already. From any thread. */
final class Cancellation {

    private Runnable underWay = () -> {};
    private boolean cancelled;

    /** Replaces the present step; it is ended at once if the caller has the response already. */
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
