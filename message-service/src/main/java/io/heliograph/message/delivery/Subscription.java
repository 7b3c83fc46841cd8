package io.heliograph.message.delivery;

import io.netty.buffer.ByteBuf;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * One socket's place in one room: it has been sent everything up to {@link #rev()} and nothing twice. It reads what it
 * missed, page by page as the socket takes it, until it has caught up with its {@link RoomSubscribers}, and is live until the
 * socket takes too little. Used on the event loop of its socket only.
 */
public final class Subscription {

    /** Why a subscription ended without being asked to. */
    public enum Interruption {
        /** What it missed could not be read. */
        STORE_UNAVAILABLE,
        /** Its owner is no longer in the room, or there is no room any more. */
        EXPELLED
    }

    private final RoomSubscribers audience;
    private final OutboundQueue out;
    private final UUID user;
    private final BiConsumer<Subscription, Interruption> interrupted;
    private long rev;
    private long known;
    private boolean complete;
    private boolean ended;
    private long pagedAt;

    Subscription(
            RoomSubscribers audience,
            OutboundQueue out,
            UUID user,
            Position from,
            BiConsumer<Subscription, Interruption> interrupted) {
        this.audience = audience;
        this.out = out;
        this.user = user;
        this.rev = from.rev();
        this.known = from.rev();
        this.complete = from.complete();
        this.interrupted = interrupted;
    }

    /**
     * What a client has seen of a room. It is {@code complete} if it knows every message up to {@code rev}: one that
     * changes while a client pages through the past is moved behind what it has come to.
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
            audience.remove(this);
        }
    }

    boolean ended() {
        return ended;
    }

    /** Whose socket it is. */
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

    /** When it was told a page, on the clock of the audience; 0 if it never was. */
    long pagedAt() {
        return pagedAt;
    }

    void paged(long time) {
        this.pagedAt = time;
    }

    /** Whether this goes on where it stands: nothing is left out, and nothing told as if it were new. */
    boolean goesOnWith(Broadcast broadcast) {
        if (broadcast.upTo() <= rev) {
            return true;
        }
        return broadcast.isReadBack()
                ? broadcast.after() == rev && broadcast.known() == known()
                : complete && broadcast.after() <= rev;
    }

    /** Sends what is new of this; returns how many changes that were. */
    int tell(Broadcast broadcast) {
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

    void interrupt(Interruption why) {
        if (!ended) {
            leave();
            audience.interrupted(why);
            interrupted.accept(this, why);
        }
    }
}
