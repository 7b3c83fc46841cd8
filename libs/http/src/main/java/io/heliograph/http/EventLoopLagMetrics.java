package io.heliograph.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import io.quarkus.netty.MainEventLoopGroup;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** A gauge for each event loop. */
@Singleton
final class EventLoopLagMetrics {

    private final EventLoopGroup loops;
    private final MeterRegistry registry;

    EventLoopLagMetrics(@MainEventLoopGroup EventLoopGroup loops, MeterRegistry registry) {
        this.loops = loops;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        int number = 0;
        for (EventExecutor loop : loops) {
            EventLoopLag lag = new EventLoopLag(loop);
            TimeGauge.builder("heliograph.event.loop.lag", lag, TimeUnit.SECONDS, EventLoopLag::seconds)
                    .description("The longest that an event loop was late in the last half minute")
                    .tag("loop", Integer.toString(number++))
                    .register(registry);
            lag.watch();
        }
    }
}
