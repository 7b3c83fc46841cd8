package io.heliograph.benchmarks.harness.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.heliograph.benchmarks.harness.report.Latencies;
import io.heliograph.localstack.process.Processes;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PacedLoadTest {

    private static final int RATE = 100;

    private final AtomicBoolean stallsOnce = new AtomicBoolean();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            if (stallsOnce.getAndSet(false)) {
                Processes.pause(600);
            }
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void shouldMeasureLatencyFromTheDueTimeWhenTheServerStalls() {
        stallsOnce.set(true);

        Latencies latencies = oneSecond();

        // A closed-loop client would have seen the stall in one request only, and its p99 would be low.
        assertEquals(RATE, latencies.count());
        assertTrue(latencies.millis(75) > 300, "p75 was " + latencies.millis(75));
    }

    @Test
    void shouldSendAtItsRateWithoutAStall() {
        Latencies latencies = oneSecond();

        assertEquals(RATE, latencies.count());
        assertTrue(latencies.millis(50) < 300, "p50 was " + latencies.millis(50));
    }

    private Latencies oneSecond() {
        try (Loop loop = new Loop(PacedLoad.TURN)) {
            return new PacedLoad(loop, server.getAddress(), 1, "/", List.of("token")).run(RATE, Duration.ofSeconds(1));
        }
    }
}
