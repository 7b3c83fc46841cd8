package io.heliograph.message.delivery;

import io.heliograph.message.delivery.Broadcast.Span;
import io.heliograph.message.message.ChangePage;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * One room on this replica, while it has subscribers: receives changes from its own commits and from the bus, puts them
 * in order, fills gaps from PostgreSQL, and delivers them to the subscribers on each event loop. Its state is used on
 * its home loop only; the other methods may be called from any thread.
 */
final class RoomFeed implements RoomSubscribers.Feed {

    private final UUID room;
    private final EventLoop home;
    private final DeliveryBus bus;
    private final ChangeReader reader;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;
    private final Consumer<RoomFeed> onClosed;
    private final Map<EventLoop, Entry> entries = new HashMap<>();
    private final List<Change> beforeStart = new ArrayList<>();
    private Future<Void> started;
    private SequenceTracker sequence;
    private boolean filling;
    private boolean closed;

    /** The subscribers on one event loop and how many have entered there; removed when the last one leaves. */
    private static final class Entry {
        private final RoomSubscribers subscribers;
        private int count;

        Entry(RoomSubscribers subscribers) {
            this.subscribers = subscribers;
        }
    }

    /** {@code onClosed} runs once, when the last subscriber has left. */
    RoomFeed(
            UUID room,
            EventLoop home,
            DeliveryBus bus,
            ChangeReader reader,
            DeliveryConfig config,
            DeliveryMetrics metrics,
            Consumer<RoomFeed> onClosed) {
        this.room = room;
        this.home = home;
        this.bus = bus;
        this.reader = reader;
        this.config = config;
        this.metrics = metrics;
        this.onClosed = onClosed;
    }

    UUID room() {
        return room;
    }

    /**
     * The subscribers on this loop, ready for a subscription; completes on the loop. The caller releases each success
     * once, by {@link RoomSubscribers#leave} or by the end of the subscription. Fails if the head of the room cannot be
     * read; null if the feed was closed meanwhile.
     */
    Future<RoomSubscribers> enter(EventLoop loop) {
        Promise<RoomSubscribers> entered = Promise.promise();
        home.execute(() -> {
            if (closed) {
                entered.complete(null);
                return;
            }
            Entry mine =
                    entries.computeIfAbsent(loop, key -> new Entry(new RoomSubscribers(this, loop, config, metrics)));
            mine.count++;
            start().onComplete(done -> {
                // In most cases the feed has started long ago, and this is its event loop.
                if (home.inEventLoop()) {
                    completeEntry(mine, entered, done.cause());
                } else {
                    home.execute(() -> completeEntry(mine, entered, done.cause()));
                }
            });
        });
        return entered.future();
    }

    /** Accepts changes from our own commits or the bus, in any order and number. */
    void offer(List<Change> changes) {
        home.execute(() -> {
            if (sequence != null) {
                long before = sequence.rev();
                deliver(before, sequence.offer(changes));
                fillIfBehind(sequence.hasGap());
            } else if (beforeStart.size() < config.maxOutOfOrder()) {
                beforeStart.addAll(changes);
            }
        });
    }

    /** The committed head of the room: a change up to it that has not arrived may have been lost. */
    void headSeen(long head) {
        home.execute(() -> fillIfBehind(sequence != null && sequence.rev() < head));
    }

    /** Ends the subscriptions of the users that match. */
    void unsubscribe(Predicate<UUID> who) {
        home.execute(() -> entries.values()
                .forEach(each -> each.subscribers.loop().execute(() -> each.subscribers.unsubscribe(who))));
    }

    /** Ends the subscriptions of users who are no longer members. */
    void checkMembers() {
        home.execute(() -> entries.values().forEach(each -> each.subscribers
                .loop()
                .execute(() -> each.subscribers.owners().forEach(this::checkMember))));
    }

    private void checkMember(UUID user) {
        reader.isMember(room, user).onSuccess(member -> {
            if (!member) {
                unsubscribe(user::equals);
            }
        });
    }

    /** Delivers an event at once, in no order relative to the changes. */
    void deliver(EphemeralEvent ephemeral) {
        home.execute(() -> {
            ByteBuf frame = Broadcast.frame(ephemeral.frame());
            for (Entry each : entries.values()) {
                frame.retain();
                each.subscribers.loop().execute(() -> {
                    each.subscribers.deliver(frame, ephemeral.except());
                    frame.release();
                });
            }
            frame.release();
        });
    }

    void afterDelivery(Runnable next) {
        home.execute(next);
    }

    @Override
    public Future<Broadcast> page(long rev, long known) {
        return reader.after(room, rev, known)
                .map(page -> Broadcast.readBack(new Span(rev, known, page.upTo()), page.changes(), page.more()));
    }

    @Override
    public void leave(RoomSubscribers subscribers) {
        home.execute(() -> release(entries.get(subscribers.loop())));
    }

    private Future<Void> start() {
        if (started == null) {
            started = bus.subscribe(room)
                    .compose(subscribed -> reader.head(room))
                    .compose(head -> {
                        Promise<Void> ready = Promise.promise();
                        home.execute(() -> {
                            begin(head);
                            ready.complete();
                        });
                        return ready.future();
                    });
        }
        return started;
    }

    /** The head was read after the bus had confirmed: every later commit has been or will be offered. */
    private void begin(long head) {
        sequence = new SequenceTracker(head, config.maxOutOfOrder());
        deliver(head, sequence.offer(beforeStart));
        beforeStart.clear();
        fillIfBehind(sequence.hasGap());
    }

    private void completeEntry(Entry mine, Promise<RoomSubscribers> entered, Throwable failure) {
        if (failure != null) {
            release(mine);
            entered.fail(failure);
            return;
        }
        long rev = sequence.rev();
        mine.subscribers.loop().execute(() -> {
            mine.subscribers.open(rev);
            entered.complete(mine.subscribers);
        });
    }

    private void release(Entry mine) {
        if (--mine.count == 0) {
            entries.remove(mine.subscribers.loop());
        }
        if (entries.isEmpty() && !closed) {
            closed = true;
            onClosed.accept(this);
        }
    }

    private void deliver(long after, List<Change> ready) {
        if (ready.isEmpty() || entries.isEmpty()) {
            return;
        }
        deliver(Broadcast.live(after, sequence.rev(), ready));
    }

    private void deliver(Broadcast broadcast) {
        for (Entry each : entries.values()) {
            broadcast.retain();
            each.subscribers.loop().execute(() -> {
                each.subscribers.deliver(broadcast);
                broadcast.release();
            });
        }
        broadcast.release();
    }

    /** Waits briefly first: most gaps are commits of two replicas that arrive in reverse order. */
    private void fillIfBehind(boolean behind) {
        if (behind && !filling) {
            filling = true;
            long seen = sequence.rev();
            home.schedule(() -> fill(seen), config.gapWait().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void fill(long seen) {
        if (closed || (sequence.rev() > seen && !sequence.hasGap())) {
            filling = false;
            return;
        }
        reader.changedAfter(room, sequence.rev())
                .onComplete(read -> home.execute(() -> {
                    filling = false;
                    // After a failure the next head check tries again, once PostgreSQL responds.
                    if (read.succeeded()) {
                        filled(read.result());
                    }
                }));
    }

    private void filled(ChangePage changes) {
        long before = sequence.rev();
        long known = sequence.known();
        List<Change> ready = sequence.fill(Change.since(known, changes), changes.upTo(), changes.more());
        if (sequence.rev() > before) {
            metrics.gapFilled();
            deliver(Broadcast.readBack(new Span(before, known, sequence.rev()), ready, changes.more()));
        }
        if (changes.more()) {
            filling = true;
            fill(sequence.rev());
        } else {
            fillIfBehind(sequence.hasGap());
        }
    }
}
