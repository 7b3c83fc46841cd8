package io.heliograph.message.delivery;

import io.heliograph.message.delivery.Subscription.EndReason;
import io.heliograph.message.delivery.Subscription.Position;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The subscriptions to one room on one event loop, so that a broadcast is one task per loop and takes no lock. Used on
 * that loop only.
 *
 * <p>The change from replay to live delivery: while a subscription catches up, and for a short time after the last page,
 * the latest broadcasts are kept in the {@link ReplayBuffer}. A subscription goes live in the turn of the event loop in
 * which it has received everything that was delivered here, from the replay buffer if that reaches back far enough, else
 * from another page. A subscription whose socket has no room for a broadcast has missed it and catches up again.
 */
public final class RoomSubscribers {

    /** The feed that these subscriptions belong to. */
    interface Feed {

        /**
         * Returns what changed after {@code rev}, for a subscriber that knows the messages up to {@code known}. The
         * caller releases the result.
         */
        Future<Broadcast> page(long rev, long known);

        /** Releases one entry of {@code subscribers}. */
        void leave(RoomSubscribers subscribers);
    }

    private final Feed feed;
    private final EventLoop loop;
    private final DeliveryMetrics metrics;

    private final List<Subscription> live = new ArrayList<>();
    private final Set<Subscription> catchingUp = new HashSet<>();
    private final Map<ReadPosition, PageRead> pageReads = new HashMap<>();
    private final ReplayBuffer replayBuffer;
    private final Set<ChangeWait> waits = new HashSet<>();
    private long rev;
    /** A logical clock of page reads and page deliveries, which orders them. */
    private long clock;

    /** The position of a reader: the revision up to which it has read, and the one up to which it knows every message. */
    private record ReadPosition(long rev, long known) {}

    /** A page read that is under way, and the subscriptions that wait for it. */
    private record PageRead(long begun, List<Subscription> readers) {}

    RoomSubscribers(Feed feed, EventLoop loop, DeliveryConfig config, DeliveryMetrics metrics) {
        this.feed = feed;
        this.loop = loop;
        this.metrics = metrics;
        this.replayBuffer = new ReplayBuffer(loop, config, () -> !catchingUp.isEmpty());
    }

    EventLoop loop() {
        return loop;
    }

    /** Sets the revision up to which everything has been delivered; later broadcasts follow in order. */
    void open(long rev) {
        this.rev = rev;
    }

    /**
     * Sends this user everything after {@code from}, then live changes. {@code onEnd} is called if the subscription
     * ends by itself. The caller has entered the feed for it and leaves by {@link Subscription#leave}.
     */
    public Subscription subscribe(
            OutboundQueue out, UUID user, Position from, BiConsumer<Subscription, EndReason> onEnd) {
        Subscription subscription = new Subscription(out, user, from, this::remove, (ended, why) -> {
            metrics.interrupted(why);
            onEnd.accept(ended, why);
        });
        catchUp(subscription);
        return subscription;
    }

    /**
     * Waits until the room has a revision after {@code rev}, or this user may no longer read it. The caller has entered
     * the feed for it, and leaves by {@link ChangeWait#cancel}.
     */
    public ChangeWait awaitChange(UUID user, long rev) {
        ChangeWait wait = new ChangeWait(loop, user, rev, this::remove);
        if (this.rev > rev) {
            wait.end();
        } else {
            waits.add(wait);
        }
        return wait;
    }

    private void remove(ChangeWait wait) {
        waits.remove(wait);
        feed.leave(this);
    }

    /** Leaves the feed without a subscription. */
    public void leave() {
        feed.leave(this);
    }

    void deliver(Broadcast broadcast) {
        rev = broadcast.upTo();
        replayBuffer.offer(broadcast);
        long delivered = 0;
        // Backwards, because a subscription that falls behind is removed from the list.
        for (int i = live.size() - 1; i >= 0; i--) {
            Subscription subscription = live.get(i);
            if (!subscription.continuesWith(broadcast)) {
                catchUp(live.remove(i));
            } else if (subscription.out().hasRoomFor(broadcast.size())) {
                delivered += subscription.deliver(broadcast);
            } else {
                fallBehind(i, broadcast);
            }
        }
        metrics.delivered(delivered, broadcast.committedMillis());
        waits.stream().filter(wait -> wait.rev() < rev).forEach(ChangeWait::end);
    }

    /** Ends the subscriptions and waits of the users that match. */
    void unsubscribe(Predicate<UUID> who) {
        waits.stream().filter(wait -> who.test(wait.user())).forEach(ChangeWait::end);
        Stream.concat(live.stream(), catchingUp.stream())
                .filter(subscription -> who.test(subscription.user()))
                .toList()
                .forEach(subscription -> subscription.end(EndReason.UNSUBSCRIBED));
    }

    /** The users that are subscribed, or wait. */
    Set<UUID> owners() {
        return Stream.concat(
                        Stream.concat(live.stream(), catchingUp.stream()).map(Subscription::user),
                        waits.stream().map(ChangeWait::user))
                .collect(Collectors.toSet());
    }

    /** Sends a frame that may be lost to all users but one. */
    void deliver(ByteBuf frame, UUID except) {
        live.forEach(subscription -> deliver(subscription, frame, except));
        catchingUp.forEach(subscription -> deliver(subscription, frame, except));
    }

    private void deliver(Subscription subscription, ByteBuf frame, UUID except) {
        if (subscription.user().equals(except)) {
            return;
        }
        if (!subscription.out().hasRoomForEvents()) {
            metrics.slowConsumer(SlowConsumerAction.EPHEMERAL_DROPPED);
        } else {
            metrics.ephemeralDelivered();
            subscription.out().write(frame.retainedDuplicate());
        }
    }

    private void remove(Subscription subscription) {
        if (!live.remove(subscription)) {
            noLongerCatchingUp(subscription);
        }
        feed.leave(this);
    }

    private void fallBehind(int index, Broadcast missed) {
        metrics.slowConsumer(SlowConsumerAction.REPLAYED);
        Subscription behind = live.remove(index);
        if (!replayBuffer.isNeeded()) {
            replayBuffer.keep(missed);
        }
        catchUp(behind);
    }

    private void catchUp(Subscription subscription) {
        catchingUp.add(subscription);
        if (hasAll(subscription)) {
            goLive(subscription);
        } else {
            subscription.out().awaitTurn(() -> advance(subscription));
        }
    }

    private boolean hasAll(Subscription subscription) {
        return subscription.isComplete() && subscription.rev() >= rev;
    }

    private void goLive(Subscription subscription) {
        live.add(subscription);
        noLongerCatchingUp(subscription);
    }

    /** Holds the turn of its socket until the subscription is live or has a page. */
    private void advance(Subscription subscription) {
        deliverBuffered(subscription);
        if (subscription.ended()) {
            subscription.out().endTurn();
        } else if (hasAll(subscription)) {
            subscription.out().endTurn();
            goLive(subscription);
        } else {
            read(subscription);
        }
    }

    private void deliverBuffered(Subscription subscription) {
        for (Broadcast broadcast : replayBuffer) {
            if (!subscription.continuesWith(broadcast)) {
                return;
            }
            metrics.replayed(subscription.deliver(broadcast));
        }
    }

    /** Subscriptions at the same position share a page, but never one that is older than the page they had before. */
    private void read(Subscription subscription) {
        ReadPosition position = new ReadPosition(subscription.rev(), subscription.known());
        PageRead underWay = pageReads.get(position);
        if (underWay != null && underWay.begun > subscription.lastPageAt()) {
            metrics.page(true);
            underWay.readers.add(subscription);
            return;
        }
        PageRead mine = new PageRead(++clock, new ArrayList<>(List.of(subscription)));
        pageReads.put(position, mine);
        feed.page(position.rev(), position.known())
                .onComplete(page -> loop.execute(() -> {
                    pageReads.remove(position, mine);
                    if (page.succeeded()) {
                        deliverPage(page.result(), mine.readers);
                    } else {
                        mine.readers.forEach(each -> each.end(EndReason.STORE_UNAVAILABLE));
                    }
                    mine.readers.forEach(each -> each.out().endTurn());
                }));
    }

    private void deliverPage(Broadcast page, List<Subscription> readers) {
        replayBuffer.retain();
        clock++;
        for (Subscription reader : readers) {
            if (page.upTo() >= Math.min(rev, reader.rev() + 1)) {
                metrics.replayed(reader.deliver(page));
                reader.pageDelivered(clock);
                reader.out().awaitTurn(() -> advance(reader));
            } else {
                // The room ends before a revision that was delivered: it was removed, or the database has lost its
                // latest rows.
                reader.end(EndReason.STORE_UNAVAILABLE);
            }
        }
        page.release();
    }

    private void noLongerCatchingUp(Subscription subscription) {
        catchingUp.remove(subscription);
        replayBuffer.dropUnlessNeeded();
    }
}
