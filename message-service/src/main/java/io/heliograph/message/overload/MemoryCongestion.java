package io.heliograph.message.overload;

import io.netty.util.internal.PlatformDependent;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;

/**
 * The heap in use after the last collection of the old generation, and the direct memory of Netty: congested if either
 * is nearly full. The heap in use between collections does not count, as most of it is garbage.
 */
final class MemoryCongestion implements Congestion {

    private final OverloadConfig config;
    private final List<MemoryPoolMXBean> heap = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    MemoryCongestion(OverloadConfig config) {
        this.config = config;
    }

    @Override
    public String resource() {
        return "memory";
    }

    @Override
    public boolean isCongested() {
        return share(PlatformDependent.usedDirectMemory(), PlatformDependent.maxDirectMemory()) > config.maxMemory()
                || share(afterCollection(), Runtime.getRuntime().maxMemory()) > config.maxMemory();
    }

    /** A pool that is not collected, as in some native executables, has no figure and counts as empty. */
    private double afterCollection() {
        double used = 0;
        for (MemoryPoolMXBean pool : heap) {
            MemoryUsage usage = pool.getCollectionUsage();
            used += usage == null ? 0 : usage.getUsed();
        }
        return used;
    }

    private static double share(double used, double max) {
        return used > 0 && max > 0 ? used / max : 0;
    }
}
