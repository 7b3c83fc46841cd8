package io.heliograph.gateway.admin;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.ExchangeListener;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Task.TaskRecord;
import io.heliograph.gateway.task.Tasks;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Records requests that take longer than {@link TaskConfig#slow}. */
@Singleton
final class SlowRequests implements ExchangeListener {

    private final Tasks tasks;
    private final long slowNanos;
    private final Set<Exchange> open = ConcurrentHashMap.newKeySet();

    SlowRequests(Tasks tasks, TaskConfig config) {
        this.tasks = tasks;
        this.slowNanos = config.slow().toNanos();
    }

    @Override
    public void started(Exchange exchange) {
        if (!exchange.isLongPoll()) {
            open.add(exchange);
        }
    }

    @Override
    public void finished(Exchange exchange, String outcome, int status) {
        open.remove(exchange);
        if (exchange.elapsedNanos() >= slowNanos && !exchange.isLongPoll()) {
            boolean answered = Outcome.ANSWERED.label().equals(outcome);
            tasks.record(record(exchange, answered ? null : outcome));
        }
    }

    /** The slow requests that have not ended, the longest first. */
    List<TaskRecord> running() {
        return open.stream()
                .filter(exchange -> exchange.elapsedNanos() >= slowNanos)
                .map(exchange -> record(exchange, null))
                .sorted(Comparator.comparingLong(TaskRecord::nanos).reversed())
                .toList();
    }

    private static TaskRecord record(Exchange exchange, String error) {
        // The route and not the path, which is in the access log under the request id.
        String route = exchange.route() == null ? "" : " " + exchange.route().path();
        String subject = exchange.method() + route + " (" + exchange.requestId() + ")";
        return TaskRecord.of(TaskKind.SLOW_REQUEST, subject, exchange.elapsedNanos(), error);
    }
}
