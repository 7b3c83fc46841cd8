package io.heliograph.gateway.websocket;

import io.heliograph.gateway.drain.Drain;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Step;
import io.heliograph.gateway.exchange.Witness;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.token.Caller;
import io.heliograph.gateway.websocket.Seats.Seat;
import io.vertx.core.http.HttpHeaders;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** The step that lets in no more WebSockets than there are seats, and none that would have to go at once. */
@Singleton
public final class Turnstile implements Step, Witness {

    /** Those who are refused together should not come back together; in seconds. */
    private static final int MAX_COME_BACK = 4;

    private final Seats seats;
    private final Drain drain;
    /** Of those whose service has not agreed yet. */
    private final Map<Exchange, Seat> held = new ConcurrentHashMap<>();

    Turnstile(Seats seats, Drain drain) {
        this.seats = seats;
        this.drain = drain;
    }

    @Override
    public void take(Exchange exchange) {
        if (!Upgrade.isAsked(exchange.request())) {
            exchange.proceed();
            return;
        }
        Caller caller = exchange.caller();
        Seat seat = new Seat(exchange.network(), caller == null ? null : caller.id());
        Problem problem = drain.isUnderWay() ? Problem.DRAINING : seats.take(seat);
        if (problem == null) {
            held.put(exchange, seat);
            exchange.proceed();
        } else {
            int seconds = ThreadLocalRandom.current().nextInt(1, MAX_COME_BACK + 1);
            exchange.add(HttpHeaders.RETRY_AFTER.toString(), Integer.toString(seconds));
            exchange.refuse(problem);
        }
    }

    @Override
    public void began(Exchange exchange) {}

    @Override
    public void ended(Exchange exchange, String outcome, int status) {
        if (!held.isEmpty()) {
            Seat seat = held.remove(exchange);
            if (seat != null) {
                seats.free(seat);
            }
        }
    }

    /** The seat of a WebSocket that is being opened; whoever gets it gives it back. */
    Seat hand(Exchange exchange) {
        return held.remove(exchange);
    }
}
