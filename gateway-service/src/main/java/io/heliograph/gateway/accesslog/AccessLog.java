package io.heliograph.gateway.accesslog;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.ExchangeListener;
import io.heliograph.gateway.pipeline.ExchangeListener.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes one line for each exchange that has finished. The event loop hands the entry over and never waits until it is
 * written.
 */
@Singleton
final class AccessLog implements ExchangeListener {

    private static final int FAILED = 500;

    private final double sample;
    private final Counter dropped;
    private final AccessLogWriter writer;

    AccessLog(AccessLogConfig config, MeterRegistry registry) {
        this.sample = config.sample();
        this.dropped = Counter.builder("heliograph.gateway.log.dropped")
                .description("Requests that were not logged, since lines could not be written as fast as they came")
                .register(registry);
        this.writer = config.enabled() ? AccessLogWriter.start(config.maxWaiting()) : null;
    }

    @Override
    public void started(Exchange exchange) {}

    @Override
    public void finished(Exchange exchange, String outcome, int status) {
        if (writer != null
                && isWanted(outcome, status)
                && !writer.offer(AccessLogEntry.of(exchange, outcome, status))) {
            dropped.increment();
        }
    }

    void close(@Observes ShutdownEvent event) {
        if (writer != null) {
            writer.close();
        }
    }

    private boolean isWanted(String outcome, int status) {
        return sample >= 1
                || status >= FAILED
                || Outcome.BROKEN.label().equals(outcome)
                || ThreadLocalRandom.current().nextDouble() < sample;
    }
}
