package io.heliograph.http;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.concurrent.CountDownLatch;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventLoopLagTest {

    private final EventLoopGroup loops = new NioEventLoopGroup(2);
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void start() {
        new EventLoopLagMetrics(loops, registry).start(null);
    }

    @AfterEach
    void stop() {
        loops.shutdownGracefully();
    }

    @Test
    void shouldReportABlockedLoopDuringAndAfterTheBlock() throws InterruptedException {
        CountDownLatch stuck = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        loops.execute(() -> {
            stuck.countDown();
            waitFor(released);
        });
        stuck.await();

        await().until(() -> worst() > 0.4);
        released.countDown();
        CountDownLatch after = new CountDownLatch(2);
        loops.forEach(loop -> loop.execute(after::countDown));
        after.await();

        assertTrue(worst() > 0.4);
        assertTrue(lags().min().orElseThrow() < worst(), "the other loop was not stuck");
    }

    private double worst() {
        return lags().max().orElseThrow();
    }

    private DoubleStream lags() {
        return registry.get("heliograph.event.loop.lag").gauges().stream().mapToDouble(Gauge::value);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
