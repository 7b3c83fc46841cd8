package io.heliograph.gateway.accesslog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.ExchangeListener;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Writes one line for each finished exchange. The event loop enqueues the entry and does not wait for the write.
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
                .description("Requests that were not logged, because the queue of the writer was full")
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
                || Outcome.INCOMPLETE.label().equals(outcome)
                || ThreadLocalRandom.current().nextDouble() < sample;
    }

    /**
     * Writes lines on a thread of its own, from a bounded queue. A slow disk or pipe fills the queue and delays no
     * request.
     */
    static final class AccessLogWriter implements AutoCloseable {

        private static final Logger LOG = Logger.getLogger("heliograph.access");

        /** The interval at which an idle writer polls the queue; waking it would cost the event loop a system call. */
        private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

        /** How long the shutdown waits until the queue has been written. */
        private static final long CLOSE_TIMEOUT_MILLIS = 1_000;

        /** Escapes all characters that are not ASCII, so that no content can end a line or affect a terminal. */
        private final JsonFactory format =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

        private final Queue<AccessLogEntry> queue;
        private final Thread thread;
        private volatile boolean closing;

        private AccessLogWriter(int maxWaiting) {
            this.queue = new MpscAtomicArrayQueue<>(maxWaiting);
            this.thread = new Thread(this::run, "access-log");
            thread.setDaemon(true);
        }

        static AccessLogWriter start(int maxWaiting) {
            AccessLogWriter writer = new AccessLogWriter(maxWaiting);
            writer.thread.start();
            return writer;
        }

        /** Enqueues an entry; returns whether there was room. */
        boolean offer(AccessLogEntry entry) {
            return queue.offer(entry);
        }

        /** Writes the queued entries. */
        @Override
        public void close() {
            closing = true;
            try {
                thread.join(CLOSE_TIMEOUT_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void run() {
            while (true) {
                boolean last = closing;
                AccessLogEntry entry = queue.poll();
                if (entry != null) {
                    LOG.info(line(entry));
                } else if (last) {
                    return;
                } else {
                    LockSupport.parkNanos(POLL_NANOS);
                }
            }
        }

        private String line(AccessLogEntry entry) {
            StringWriter text = new StringWriter(512);
            try (JsonGenerator json = format.createGenerator(text)) {
                entry.write(json);
            } catch (IOException e) {
                throw new IllegalStateException("text refuses to be written", e);
            }
            return text.toString();
        }
    }
}
