package io.heliograph.gateway.accesslog;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.accesslog.AccessLog.AccessLogWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AccessLogWriterTest {

    private final Logger category = Logger.getLogger("heliograph.access");
    private final SlowPipe pipe = new SlowPipe();

    /** A handler that a test can block. */
    private static final class SlowPipe extends Handler {

        private final CountDownLatch open = new CountDownLatch(1);
        private final CountDownLatch reached = new CountDownLatch(1);
        private final List<String> lines = new CopyOnWriteArrayList<>();

        @Override
        public void publish(LogRecord line) {
            if (!line.getMessage().contains("line-writer-test")) {
                // Of a gateway that runs beside this test.
                return;
            }
            reached.countDown();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            lines.add(line.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    @BeforeEach
    void listen() {
        category.setUseParentHandlers(false);
        category.addHandler(pipe);
    }

    @AfterEach
    void stopListening() {
        category.removeHandler(pipe);
    }

    @Test
    void shouldBoundTheQueueWhileWritingBlocks() throws InterruptedException {
        AccessLogWriter writer = AccessLogWriter.start(4);
        assertTrue(writer.offer(entry("/first")));
        pipe.reached.await();

        int taken = 0;
        while (writer.offer(entry("/more"))) {
            taken++;
        }
        pipe.open.countDown();
        await().until(() -> pipe.lines.size() == 5);

        assertEquals(4, taken);
        assertTrue(writer.offer(entry("/again")));
        writer.close();
        assertEquals(6, pipe.lines.size(), "what waited at the end");
    }

    @Test
    void shouldEscapeLineBreaks() {
        pipe.open.countDown();
        AccessLogWriter writer = AccessLogWriter.start(4);

        assertTrue(writer.offer(entry("/a\r\n{\"forged\": true}\u2028\u0085\u001b[31m" + "x".repeat(5_000))));
        writer.close();

        String line = pipe.lines.get(0);
        assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
        assertTrue(line.contains("/a\\r\\n{\\\"forged\\\": true}"), line);
        assertTrue(line.length() < 1_000);
        assertFalse(line.contains("null"), line);
    }

    private static AccessLogEntry entry(String path) {
        return new AccessLogEntry(
                0,
                "line-writer-test",
                null,
                "1.2.3.4",
                null,
                "GET",
                path,
                null,
                200,
                "answered",
                null,
                0,
                0,
                1,
                0,
                null);
    }
}
