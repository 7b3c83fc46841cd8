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
 * Publishes the presence events of this replica to the others. An event is stored first and then published, so that a
 * replica that subscribes in between reads it from the store. While some events are being stored, the next ones gather.
 * Used only on its context.
 */
final class PresencePublisher {

    static final String SIGNAL = "presence";

    private final Context context;
    private final PresenceStore store;
    private final SignalRouter signals;
    private final PresenceReconciler reconciler;
    private final int batch;
    private final Queue<PresenceEvent> waiting = new ArrayDeque<>();
    private boolean storing;

    PresencePublisher(
            Context context, PresenceStore store, SignalRouter signals, PresenceReconciler reconciler, int batch) {
        this.context = context;
        this.store = store;
        this.signals = signals;
        this.reconciler = reconciler;
        this.batch = batch;
    }

    void add(PresenceEvent event) {
        waiting.add(event);
        if (!storing) {
            storeNext();
        }
    }

    /**
     * Events that could not be stored are dropped: the reconciler stores the present users, and other entries expire.
     */
    private void storeNext() {
        List<PresenceEvent> events = new ArrayList<>();
        while (events.size() < (reconciler.isAway() ? Integer.MAX_VALUE : batch) && !waiting.isEmpty()) {
            events.add(waiting.remove());
        }
        storing = !events.isEmpty() && !reconciler.isAway();
        if (storing) {
            store.store(events)
                    .onComplete(stored -> context.runOnContext(ignored -> {
                        if (stored.failed()) {
                            reconciler.failed();
                        }
                        publish(events);
                        storeNext();
                    }));
        } else {
            publish(events);
        }
    }

    private void publish(List<PresenceEvent> events) {
        events.forEach(event ->
                signals.send(event.room(), new Signal(SIGNAL, event.text().getBytes(UTF_8))));
    }
}
