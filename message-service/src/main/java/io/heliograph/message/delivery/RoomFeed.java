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
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * One room on this replica, for as long as somebody listens: takes changes from our own commits and from the bus, puts
 * them in order, fills gaps from PostgreSQL, and tells the audience on each event loop. Its state is used on its home
 * loop only; the other methods may be called from anywhere.
 */
final class RoomFeed {

    private final UUID room;
    private final EventLoop home;
    private final LiveDelivery delivery;
    private final Map<EventLoop, Seats> seats = new HashMap<>();
    private final List<Change> beforeStart = new ArrayList<>();
    private Future<Void> started;
    private SequenceTracker continuity;
    private boolean filling;
    private boolean closed;

    /** How many have entered on a loop. The audience lives as long as there are any. */
    private static final class Seats {
        private final RoomSubscribers audience;
        private int taken;

        Seats(RoomSubscribers audience) {
            this.audience = audience;
        }
    }

    RoomFeed(UUID room, EventLoop home, LiveDelivery delivery) {
        this.room = room;
        this.home = home;
        this.delivery = delivery;
    }

    UUID room() {
        return room;
    }

    /**
     * The audience on this loop, ready for a subscription; completes on the loop. Each success is given back once, by
     * {@link RoomSubscribers#leave} or by the end of the subscription. Fails if the head of the room cannot be read.
     */
    Future<RoomSubscribers> enter(EventLoop loop) {
        Promise<RoomSubscribers> entered = Promise.promise();
        home.execute(() -> {
            if (closed) {
                delivery.enter(room, loop).onComplete(entered);
                return;
            }
            Seats mine = seats.computeIfAbsent(
                    loop, key -> new Seats(new RoomSubscribers(this, loop, delivery.config(), delivery.metrics())));
            mine.taken++;
            start().onComplete(done -> home.execute(() -> admit(mine, entered, done.cause())));
        });
        return entered.future();
    }

    /** Changes from our own commits or the bus, in any order and number. */
    void offer(List<Change> changes) {
        home.execute(() -> {
            if (continuity != null) {
                long before = continuity.rev();
                tell(before, continuity.offer(changes));
                fillIfBehind(continuity.hasGap());
            } else if (beforeStart.size() < delivery.config().maxEarly()) {
                beforeStart.addAll(changes);
            }
        });
    }

    /** The room's committed end: what we have not heard of by then may have been lost. */
    void headSeen(long head) {
        home.execute(() -> fillIfBehind(continuity != null && continuity.rev() < head));
    }

    /** Ends the subscriptions of those who may no longer have one. */
    void expel(Predicate<UUID> who) {
        home.execute(
                () -> seats.values().forEach(each -> each.audience.loop().execute(() -> each.audience.expel(who))));
    }

    /** Asks {@code members} who of those subscribed on each loop may be, and ends the others. */
    void recheck(Function<Set<UUID>, Future<Set<UUID>>> members) {
        home.execute(() -> seats.values().forEach(each -> each.audience.loop().execute(() -> {
            Set<UUID> owners = each.audience.owners();
            members.apply(owners).onSuccess(still -> expel(who -> owners.contains(who) && !still.contains(who)));
        })));
    }

    /** Told at once, in no order with the changes. */
    void tell(EphemeralEvent ephemeral) {
        home.execute(() -> {
            ByteBuf frame = Broadcast.frame(ephemeral.frame());
            for (Seats each : seats.values()) {
                frame.retain();
                each.audience.loop().execute(() -> {
                    each.audience.tell(frame, ephemeral.except());
                    frame.release();
                });
            }
            frame.release();
        });
    }

    void whenTold(Runnable next) {
        home.execute(next);
    }

    /**
     * What changed after {@code rev}, for one who catches up and knows the messages up to {@code known}; to be released
     * by the taker.
     */
    Future<Broadcast> page(long rev, long known) {
        return delivery.pages()
                .after(room, rev, known)
                .map(page -> Broadcast.readBack(new Span(rev, known, page.upTo()), page.changes(), page.more()));
    }

    void leave(RoomSubscribers audience) {
        home.execute(() -> vacate(seats.get(audience.loop())));
    }

    private Future<Void> start() {
        if (started == null) {
            started = delivery.subscribe(room)
                    .compose(subscribed -> delivery.head(room))
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

    /** The head was read after the subscription stood: whatever was committed later has been or will be offered. */
    private void begin(long head) {
        continuity = new SequenceTracker(head, delivery.config().maxEarly());
        tell(head, continuity.offer(beforeStart));
        beforeStart.clear();
        fillIfBehind(continuity.hasGap());
    }

    private void admit(Seats mine, Promise<RoomSubscribers> entered, Throwable failure) {
        if (failure != null) {
            vacate(mine);
            entered.fail(failure);
            return;
        }
        long rev = continuity.rev();
        mine.audience.loop().execute(() -> {
            mine.audience.open(rev);
            entered.complete(mine.audience);
        });
    }

    private void vacate(Seats mine) {
        if (--mine.taken == 0) {
            seats.remove(mine.audience.loop());
        }
        if (seats.isEmpty() && !closed) {
            closed = true;
            delivery.closed(this);
        }
    }

    private void tell(long after, List<Change> ready) {
        if (ready.isEmpty() || seats.isEmpty()) {
            return;
        }
        tell(Broadcast.live(after, continuity.rev(), ready));
    }

    private void tell(Broadcast broadcast) {
        for (Seats each : seats.values()) {
            broadcast.retain();
            each.audience.loop().execute(() -> {
                each.audience.tell(broadcast);
                broadcast.release();
            });
        }
        broadcast.release();
    }

    /** Gives the bus a moment first: most gaps are two replicas' commits that overtook each other. */
    private void fillIfBehind(boolean behind) {
        if (behind && !filling) {
            filling = true;
            long seen = continuity.rev();
            home.schedule(() -> fill(seen), delivery.config().gapWait().toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void fill(long seen) {
        if (closed || (continuity.rev() > seen && !continuity.hasGap())) {
            filling = false;
            return;
        }
        delivery.changedAfter(room, continuity.rev())
                .onComplete(read -> home.execute(() -> {
                    filling = false;
                    // After a failure the next head check tries again: it says so when PostgreSQL is back.
                    if (read.succeeded()) {
                        filled(read.result());
                    }
                }));
    }

    private void filled(ChangePage changes) {
        long before = continuity.rev();
        long known = continuity.known();
        List<Change> ready = continuity.fill(Change.since(known, changes), changes.upTo(), changes.more());
        if (continuity.rev() > before) {
            delivery.metrics().gapFilled();
            tell(Broadcast.readBack(new Span(before, known, continuity.rev()), ready, changes.more()));
        }
        if (changes.more()) {
            filling = true;
            fill(continuity.rev());
        } else {
            fillIfBehind(continuity.hasGap());
        }
    }
}
