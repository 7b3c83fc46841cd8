package io.heliograph.message.overload;

import io.netty.channel.EventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** The event loops: congested if the standing lag of the worst of them is above its bound. */
final class LagCongestion implements Congestion {

    private final OverloadConfig config;
    private final BooleanSupplier wanted;
    private final List<LoopLag> loops = new ArrayList<>();
    private volatile long lastNanos;

    /** @param wanted whether the lag is needed; otherwise no probes run */
    LagCongestion(EventLoopGroup loops, OverloadConfig config, BooleanSupplier wanted) {
        this.config = config;
        this.wanted = wanted;
        for (EventExecutor loop : loops) {
            this.loops.add(new LoopLag(loop, System::nanoTime));
        }
    }

    @Override
    public String resource() {
        return "event_loop";
    }

    @Override
    public void begin() {
        loops.forEach(loop -> loop.start(wanted));
    }

    @Override
    public boolean isCongested() {
        lastNanos = loops.stream().mapToLong(LoopLag::takeNanos).max().orElse(0);
        return lastNanos > config.maxLag().toNanos();
    }

    /** The standing lag of the last interval. */
    double seconds() {
        return lastNanos / 1e9;
    }
}
