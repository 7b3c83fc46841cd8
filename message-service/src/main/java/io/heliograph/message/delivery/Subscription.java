package io.heliograph.message.delivery;

import io.netty.buffer.ByteBuf;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * The subscription of one socket to one room: everything up to {@link #rev()} has been sent, and nothing twice. It
 * reads missed changes page by page as the client reads, until it has caught up with the {@link RoomSubscribers}, and
 * is live until the queue of the socket is full. Used on the event loop of its socket only.
 */
public final class Subscription {

    /** Why a subscription ended without a leave of the client. */
    public enum EndReason {
        /** The missed changes could not be read. */
        STORE_UNAVAILABLE,
        /** The user is no longer in the room, or the room was removed. */
        UNSUBSCRIBED
    }

    private final OutboundQueue out;
    private final UUID user;
    private final Consumer<Subscription> onLeave;
    private final BiConsumer<Subscription, EndReason> onEnd;
    private long rev;
    private long known;
    private boolean complete;
    private boolean ended;
    private long lastPageAt;

    Subscription(
            OutboundQueue out,
            UUID user,
            Position from,
            Consumer<Subscription> onLeave,
            BiConsumer<Subscription, EndReason> onEnd) {
        this.out = out;
        this.user = user;
        this.rev = from.rev();
        this.known = from.rev();
        this.complete = from.complete();
        this.onLeave = onLeave;
        this.onEnd = onEnd;
    }

    /**
     * The position of a client in a room. It is {@code complete} if the client knows every message up to {@code rev}: a
     * message that changes while a client pages through the past moves behind its position.
     */
    public record Position(long rev, boolean complete) {}

    /** The revision up to which everything has been sent. */
    public long rev() {
        return rev;
    }

    /** Ends it; may be repeated. */
    public void leave() {
        if (!ended) {
            ended = true;
            onLeave.accept(this);
        }
    }

    boolean ended() {
        return ended;
    }

    /** The user of the socket. */
    UUID user() {
        return user;
    }

    OutboundQueue out() {
        return out;
    }

    /** Whether it knows every message up to {@link #rev()}. */
    boolean isComplete() {
        return complete;
    }

    /** The revision up to which it knows every message. */
    long known() {
        return complete ? rev : known;
    }

    /** When the last page was delivered, on the clock of {@link RoomSubscribers}; 0 if none was. */
    long lastPageAt() {
        return lastPageAt;
    }

    void pageDelivered(long time) {
        this.lastPageAt = time;
    }

    /** Whether the broadcast continues at the position of this subscription, without a gap and without a duplicate. */
    boolean continuesWith(Broadcast broadcast) {
        if (broadcast.upTo() <= rev) {
            return true;
        }
        return broadcast.isReadBack()
                ? broadcast.after() == rev && broadcast.known() == known()
                : complete && broadcast.after() <= rev;
    }

    /** Sends the changes that are new to this subscription and returns their number. */
    int deliver(Broadcast broadcast) {
        if (ended) {
            return 0;
        }
        if (broadcast.isReadBack() && broadcast.after() == rev) {
            known = known();
            complete = !broadcast.more();
        }
        if (broadcast.upTo() <= rev) {
            return 0;
        }
        int changes = broadcast.changesAfter(rev);
        ByteBuf frames = broadcast.framesAfter(rev);
        rev = broadcast.upTo();
        out.write(frames);
        return changes;
    }

    void end(EndReason why) {
        if (!ended) {
            leave();
            onEnd.accept(this, why);
        }
    }
}
