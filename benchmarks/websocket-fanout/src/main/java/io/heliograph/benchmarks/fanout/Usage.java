package io.heliograph.benchmarks.fanout;

import com.sun.management.ThreadMXBean;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/** Reports figures of this process to the load: bytes allocated so far, and live bytes after a collection. */
class Usage {

    void open(@Observes Router router) {
        router.get("/allocated").blockingHandler(ctx -> ctx.end(String.valueOf(allocatedBytes())));
        router.get("/live").blockingHandler(ctx -> ctx.end(String.valueOf(liveBytes())));
    }

    private static long allocatedBytes() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }

    private static long liveBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
