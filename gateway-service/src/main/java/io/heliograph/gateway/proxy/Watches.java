package io.heliograph.gateway.proxy;

import io.vertx.core.impl.ContextInternal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The watches of one event loop, which are looked at together some times a second: a timer for each exchange, which
 * hardly ever fires, would cost more than all that is watched. Used on its own event loop only.
 */
final class Watches {

    /** Timeouts are of seconds; thousands of watches are looked at within a millisecond. */
    private static final long ROUND_MILLIS = 50;

    private final ContextInternal context;
    private final Set<Watch> running = new LinkedHashSet<>();
    private final Pace pace;
    private boolean onRounds;

    Watches(ContextInternal context, Pace pace) {
        this.context = context;
        this.pace = pace;
    }

    Pace pace() {
        return pace;
    }

    void add(Watch watch) {
        running.add(watch);
        if (!onRounds) {
            onRounds = true;
            context.setTimer(ROUND_MILLIS, fired -> round());
        }
    }

    void remove(Watch watch) {
        running.remove(watch);
    }

    private void round() {
        onRounds = !running.isEmpty();
        if (onRounds) {
            context.setTimer(ROUND_MILLIS, fired -> round());
        }
        long now = System.nanoTime();
        List<Watch> due = new ArrayList<>(0);
        for (Watch watch : running) {
            if (watch.isDue(now)) {
                due.add(watch);
            }
        }
        // Each by itself: what one of them runs into is no matter of the others.
        due.forEach(watch -> context.runOnContext(ignored -> watch.expire()));
    }
}
