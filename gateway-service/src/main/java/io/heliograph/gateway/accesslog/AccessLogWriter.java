package io.heliograph.gateway.accesslog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jctools.queues.atomic.MpscAtomicArrayQueue;

/**
 * Writes lines on a thread of its own, from a bounded queue. A slow disk or pipe fills the queue and delays no request.
 */
final class AccessLogWriter implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger("heliograph.access");

    /** The writer looks for lines this often when there are none; to be woken would cost the event loop a system call. */
    private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    /** What waits at the end may take this long to be written. */
    private static final long CLOSE_TIMEOUT_MILLIS = 1_000;

    /** Whatever is not plain ASCII is escaped: nothing in a line can end it, or confuse who reads it on a terminal. */
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

    /** Whether there was room for it. */
    boolean offer(AccessLogEntry entry) {
        return queue.offer(entry);
    }

    /** Writes what waits. */
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
