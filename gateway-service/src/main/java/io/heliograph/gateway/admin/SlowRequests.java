package io.heliograph.gateway.admin;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.exchange.Witness;
import io.heliograph.gateway.task.Happening;
import io.heliograph.gateway.task.Kind;
import io.heliograph.gateway.task.Tasks;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Requests that take longer than requests should. */
@Singleton
final class SlowRequests implements Witness {

    private final Tasks tasks;
    private final long slowNanos;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

    SlowRequests(Tasks tasks, TaskConfig config) {
        this.tasks = tasks;
        this.slowNanos = config.slow().toNanos();
    }

    @Override
    public void began(Exchange exchange) {
        open.add(exchange);
    }

    @Override
    public void ended(Exchange exchange, String outcome, int status) {
        open.remove(exchange);
        if (exchange.ageNanos() >= slowNanos) {
            boolean answered = Outcome.ANSWERED.label().equals(outcome);
            tasks.ended(happening(exchange, answered ? null : outcome));
        }
    }

    /** Those that have not ended, the longest first. */
    List<Happening> underWay() {
        return open.stream()
                .filter(exchange -> exchange.ageNanos() >= slowNanos)
                .map(exchange -> happening(exchange, null))
                .sorted(Comparator.comparingLong(Happening::nanos).reversed())
                .toList();
    }

    private static Happening happening(Exchange exchange, String error) {
        // The route and not the path: who asked for what is in the access log, under the request id.
        String route = exchange.route() == null ? "" : " " + exchange.route().path();
        String subject = exchange.method() + route + " (" + exchange.requestId() + ")";
        return Happening.of(Kind.SLOW_REQUEST, subject, exchange.ageNanos(), error);
    }
}
