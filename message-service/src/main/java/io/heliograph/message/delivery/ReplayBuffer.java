package io.heliograph.message.delivery;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The latest broadcasts to the {@link RoomSubscribers}, without a gap and bounded in bytes, kept while a subscription
 * catches up and for a short time after: the page that was read last serves others, which then need the broadcasts since.
 * Used only on the event loop of the subscribers.
 */
final class ReplayBuffer implements Iterable<Broadcast> {

    private final EventLoop loop;
    private final DeliveryConfig config;
    private final BooleanSupplier somebodyCatchesUp;
    private final Deque<Broadcast> kept = new ArrayDeque<>();
    private int bytes;
    private boolean retained;
    private long pageReadAt;

    ReplayBuffer(EventLoop loop, DeliveryConfig config, BooleanSupplier somebodyCatchesUp) {
        this.loop = loop;
        this.config = config;
        this.somebodyCatchesUp = somebodyCatchesUp;
    }

    boolean isNeeded() {
        return retained || somebodyCatchesUp.getAsBoolean();
    }

    /** The oldest first. */
    @Override
    public Iterator<Broadcast> iterator() {
        return kept.iterator();
    }

    /** Keeps the broadcast if a subscription may need it. */
    void offer(Broadcast broadcast) {
        if (isNeeded()) {
            keep(broadcast);
        }
    }

    void keep(Broadcast broadcast) {
        broadcast.retain();
        kept.add(broadcast);
        bytes += broadcast.size();
        while (bytes > config.replayBufferBytes()) {
            drop();
        }
    }

    /** Keeps broadcasts for the lifetime of a page, because one has been read. */
    void retain() {
        pageReadAt = System.nanoTime();
        if (!retained) {
            retained = true;
            checkAfter(config.pageLifetime().toNanos());
        }
    }

    void dropUnlessNeeded() {
        while (!isNeeded() && !kept.isEmpty()) {
            drop();
        }
    }

    private void checkAfter(long nanos) {
        loop.schedule(this::endRetention, nanos, TimeUnit.NANOSECONDS);
    }

    private void endRetention() {
        long left = pageReadAt + config.pageLifetime().toNanos() - System.nanoTime();
        if (left > 0) {
            checkAfter(left);
        } else {
            retained = false;
            dropUnlessNeeded();
        }
    }

    private void drop() {
        Broadcast oldest = kept.remove();
        bytes -= oldest.size();
        oldest.release();
    }
}
