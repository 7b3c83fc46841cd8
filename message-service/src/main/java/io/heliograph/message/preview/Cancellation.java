package io.heliograph.message.preview;

/** Ends what is under way for a caller who has been answered. From any thread. */
final class Cancellation {

    private Runnable underWay = () -> {};
    private boolean cancelled;

    /** Replaces what is under way; it is ended at once if the caller was answered already. */
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
