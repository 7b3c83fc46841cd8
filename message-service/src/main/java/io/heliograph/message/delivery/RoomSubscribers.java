package io.heliograph.message.delivery;

import io.heliograph.message.delivery.Subscription.Interruption;
import io.heliograph.message.delivery.Subscription.Position;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
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
 * <p>The seam between what was missed and what is live: while anyone catches up, and a moment longer for those who come
 * with them, the latest broadcasts are kept (the tail). A subscription goes live in the very turn in which it has been
 * told everything that this audience has been told, from the tail if that reaches back to it and else from another page.
 * One whose socket has no room for a broadcast has missed it, and catches up like any other.
 */
public final class RoomSubscribers {

    private final RoomFeed feed;
    private final EventLoop loop;
    private final DeliveryConfig config;
    private final DeliveryMetrics metrics;

    private final List<Subscription> live = new ArrayList<>();
    private final Set<Subscription> catchingUp = new HashSet<>();
    private final Map<Place, Reading> reading = new HashMap<>();
    private final ReplayBuffer tail;
    private long rev;
    /** Counts when pages are asked for and told, so that of two of them it is known which came first. */
    private long clock;

    /** Where one stands who reads: up to where it has seen the room, and up to where it knows every message. */
    private record Place(long rev, long known) {}

    /** A page that was asked for, and those who wait for it. */
    private record Reading(long begun, List<Subscription> readers) {}

    RoomSubscribers(RoomFeed feed, EventLoop loop, DeliveryConfig config, DeliveryMetrics metrics) {
        this.feed = feed;
        this.loop = loop;
        this.config = config;
        this.metrics = metrics;
        this.tail = new ReplayBuffer(loop, config, () -> !catchingUp.isEmpty());
    }

    EventLoop loop() {
        return loop;
    }

    /** The revision up to which this audience has been told everything; later broadcasts follow in order. */
    void open(long rev) {
        this.rev = rev;
    }

    /**
     * Sends this user everything after {@code from}, then what happens. {@code interrupted} is told if it ends by
     * itself. The caller has entered the feed for it and leaves by {@link Subscription#leave}.
     */
    public Subscription subscribe(
            OutboundQueue out, UUID user, Position from, BiConsumer<Subscription, Interruption> interrupted) {
        Subscription subscription = new Subscription(this, out, user, from, interrupted);
        catchUp(subscription);
        return subscription;
    }

    /** Gives back an entry for which there will be no subscription after all. */
    public void leave() {
        feed.leave(this);
    }

    void tell(Broadcast broadcast) {
        rev = broadcast.upTo();
        tail.offer(broadcast);
        long told = 0;
        // Backwards, because one that falls behind leaves the list.
        for (int i = live.size() - 1; i >= 0; i--) {
            Subscription subscription = live.get(i);
            if (!subscription.goesOnWith(broadcast)) {
                catchUp(live.remove(i));
            } else if (subscription.out().hasRoomFor(broadcast.size())) {
                told += subscription.tell(broadcast);
            } else {
                fallBehind(i, broadcast);
            }
        }
        metrics.delivered(told, broadcast.committedMillis());
    }

    /** Ends the subscriptions of those who may no longer have one. */
    void expel(Predicate<UUID> who) {
        Stream.concat(live.stream(), catchingUp.stream())
                .filter(subscription -> who.test(subscription.user()))
                .toList()
                .forEach(subscription -> subscription.interrupt(Interruption.EXPELLED));
    }

    /** Those who are subscribed. */
    Set<UUID> owners() {
        return Stream.concat(live.stream(), catchingUp.stream())
                .map(Subscription::user)
                .collect(Collectors.toSet());
    }

    void interrupted(Interruption why) {
        metrics.interrupted(why);
    }

    /** Passes on a frame that may be lost, to all but this user. */
    void tell(ByteBuf frame, UUID except) {
        live.forEach(subscription -> tell(subscription, frame, except));
        catchingUp.forEach(subscription -> tell(subscription, frame, except));
    }

    private void tell(Subscription subscription, ByteBuf frame, UUID except) {
        if (subscription.user().equals(except)) {
            return;
        }
        if (subscription.out().waitingBytes() > config.maxEphemeralBytes()) {
            metrics.slowConsumer(SlowConsumerAction.EPHEMERAL_DROPPED);
        } else {
            metrics.ephemeralTold();
            subscription.out().write(frame.retainedDuplicate());
        }
    }

    void remove(Subscription subscription) {
        if (!live.remove(subscription)) {
            noLongerCatchingUp(subscription);
        }
        feed.leave(this);
    }

    private void fallBehind(int index, Broadcast missed) {
        metrics.slowConsumer(SlowConsumerAction.REPLAYED);
        Subscription behind = live.remove(index);
        if (!tail.isNeeded()) {
            tail.keep(missed);
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

    /** The turn of its socket is held from here until it has what it needs, or a page. */
    private void advance(Subscription subscription) {
        tellTail(subscription);
        if (subscription.ended()) {
            subscription.out().endTurn();
        } else if (hasAll(subscription)) {
            subscription.out().endTurn();
            goLive(subscription);
        } else {
            read(subscription);
        }
    }

    private void tellTail(Subscription subscription) {
        for (Broadcast broadcast : tail) {
            if (!subscription.goesOnWith(broadcast)) {
                return;
            }
            metrics.replayed(subscription.tell(broadcast));
        }
    }

    /** Those who stand at the same place read the same page, but none that is older than what they have read. */
    private void read(Subscription subscription) {
        Place place = new Place(subscription.rev(), subscription.known());
        Reading underWay = reading.get(place);
        if (underWay != null && underWay.begun > subscription.pagedAt()) {
            metrics.page(true);
            underWay.readers.add(subscription);
            return;
        }
        Reading mine = new Reading(++clock, new ArrayList<>(List.of(subscription)));
        reading.put(place, mine);
        feed.page(place.rev(), place.known())
                .onComplete(page -> loop.execute(() -> {
                    reading.remove(place, mine);
                    if (page.succeeded()) {
                        turn(page.result(), mine.readers);
                    } else {
                        mine.readers.forEach(each -> each.interrupt(Interruption.STORE_UNAVAILABLE));
                    }
                    mine.readers.forEach(each -> each.out().endTurn());
                }));
    }

    private void turn(Broadcast page, List<Subscription> readers) {
        tail.linger();
        clock++;
        for (Subscription reader : readers) {
            if (page.upTo() >= Math.min(rev, reader.rev() + 1)) {
                metrics.replayed(reader.tell(page));
                reader.paged(clock);
                reader.out().awaitTurn(() -> advance(reader));
            } else {
                // We were told of more than there is: the room is gone, or the database has lost its end.
                reader.interrupt(Interruption.STORE_UNAVAILABLE);
            }
        }
        page.release();
    }

    private void noLongerCatchingUp(Subscription subscription) {
        catchingUp.remove(subscription);
        tail.dropUnlessNeeded();
    }
}
