package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.State.Cause;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Holds what is known of the health of one instance, for all event loops. Of two events at once one may be lost, which
 * the next of its kind makes good.
 */
final class Breaker {

    private final AtomicReference<State> state;

    Breaker(BreakerPolicy policy) {
        this.state = new AtomicReference<>(new Closed(policy));
    }

    /** As it is now; an instance whose time is over is on trial. */
    State state(long nowNanos) {
        State now = state.get();
        return now instanceof Closed ? now : move(now, now.at(nowNanos));
    }

    /** @return whether it is well now and was not */
    boolean answered(boolean error, long nowNanos) {
        State before = state.get();
        State after = move(before, before.answered(error, nowNanos));
        return after instanceof Closed && !(before instanceof Closed);
    }

    /** @return whether it is out now and was not */
    boolean failed(long nowNanos) {
        State before = state(nowNanos);
        return isNewlyOut(before, before.failed(nowNanos));
    }

    /** @return whether it is out now and was not */
    boolean eject(Cause cause, long nowNanos) {
        State before = state(nowNanos);
        return isNewlyOut(before, before.eject(cause, nowNanos));
    }

    boolean isLeaving() {
        return state.get() instanceof Open open && open.cause() == Cause.LEAVING;
    }

    /** Whether it is out until it answers a probe. */
    boolean isAwaited() {
        return state.get() instanceof Open open && open.cause().untilProbed();
    }

    /** @return whether it was out until it answers a probe; now it is well */
    boolean returned() {
        return state.get() instanceof Open open
                && open.cause().untilProbed()
                && move(open, new Closed(open.policy())) instanceof Closed;
    }

    private boolean isNewlyOut(State before, State after) {
        return after instanceof Open && after != before && move(before, after) == after;
    }

    /** The state after it, which is another one if someone else was faster. */
    private State move(State from, State to) {
        return from == to || state.compareAndSet(from, to) ? to : state.get();
    }
}
