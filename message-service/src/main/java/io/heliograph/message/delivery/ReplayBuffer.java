package io.heliograph.message.delivery;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The latest broadcasts of an audience, without a gap and bounded in bytes, for as long as somebody catches up and a
 * moment longer: the page that was read last serves others, who then need what has come since. Used on the event loop of
 * the audience only.
 */
final class ReplayBuffer implements Iterable<Broadcast> {

    private final EventLoop loop;
    private final DeliveryConfig config;
    private final BooleanSupplier somebodyCatchesUp;
    private final Deque<Broadcast> kept = new ArrayDeque<>();
    private int bytes;
    private boolean lingering;
    private long readAt;

    ReplayBuffer(EventLoop loop, DeliveryConfig config, BooleanSupplier somebodyCatchesUp) {
        this.loop = loop;
        this.config = config;
        this.somebodyCatchesUp = somebodyCatchesUp;
    }

    boolean isNeeded() {
        return lingering || somebodyCatchesUp.getAsBoolean();
    }

    /** The oldest first. */
    @Override
    public Iterator<Broadcast> iterator() {
        return kept.iterator();
    }

    /** Keeps this if it may be needed. */
    void offer(Broadcast broadcast) {
        if (isNeeded()) {
            keep(broadcast);
        }
    }

    void keep(Broadcast broadcast) {
        broadcast.retain();
        kept.add(broadcast);
        bytes += broadcast.size();
        while (bytes > config.tailBytes()) {
            drop();
        }
    }

    /** A page has been read. */
    void linger() {
        readAt = System.nanoTime();
        if (!lingering) {
            lingering = true;
            lookAgainIn(config.pageLife().toNanos());
        }
    }

    void dropUnlessNeeded() {
        while (!isNeeded() && !kept.isEmpty()) {
            drop();
        }
    }

    private void lookAgainIn(long nanos) {
        loop.schedule(this::endOfLingering, nanos, TimeUnit.NANOSECONDS);
    }

    private void endOfLingering() {
        long left = readAt + config.pageLife().toNanos() - System.nanoTime();
        if (left > 0) {
            lookAgainIn(left);
        } else {
            lingering = false;
            dropUnlessNeeded();
        }
    }

    private void drop() {
        Broadcast oldest = kept.remove();
        bytes -= oldest.size();
        oldest.release();
    }
}
