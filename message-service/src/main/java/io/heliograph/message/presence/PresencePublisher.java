package io.heliograph.message.presence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.heliograph.message.delivery.Signal;
import io.heliograph.message.delivery.SignalRouter;
import io.vertx.core.Context;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * Makes the moves on this replica known to the others: stored first and told then, so that one who began to listen in
 * between has it from the store. While some are being stored the next ones gather. Used on its context only.
 */
final class PresencePublisher {

    static final String SIGNAL = "presence";

    private final Context context;
    private final PresenceStore store;
    private final SignalRouter signals;
    private final PresenceReconciler refresh;
    private final int batch;
    private final Queue<PresenceEvent> waiting = new ArrayDeque<>();
    private boolean storing;

    PresencePublisher(Context context, PresenceStore store, SignalRouter signals, PresenceReconciler refresh, int batch) {
        this.context = context;
        this.store = store;
        this.signals = signals;
        this.refresh = refresh;
        this.batch = batch;
    }

    void add(PresenceEvent move) {
        waiting.add(move);
        if (!storing) {
            storeNext();
        }
    }

    /** What could not be stored need not be kept: those who are here are stored by the refresh, the others expire. */
    private void storeNext() {
        List<PresenceEvent> moves = new ArrayList<>();
        while (moves.size() < (refresh.isAway() ? Integer.MAX_VALUE : batch) && !waiting.isEmpty()) {
            moves.add(waiting.remove());
        }
        storing = !moves.isEmpty() && !refresh.isAway();
        if (storing) {
            store.store(moves)
                    .onComplete(stored -> context.runOnContext(ignored -> {
                        if (stored.failed()) {
                            refresh.failed();
                        }
                        tell(moves);
                        storeNext();
                    }));
        } else {
            tell(moves);
        }
    }

    private void tell(List<PresenceEvent> moves) {
        moves.forEach(
                move -> signals.send(move.room(), new Signal(SIGNAL, move.text().getBytes(UTF_8))));
    }
}
