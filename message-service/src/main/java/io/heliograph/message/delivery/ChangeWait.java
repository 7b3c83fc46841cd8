package io.heliograph.message.delivery;

import io.netty.channel.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** One request that waits for the next change of a room. It keeps the feed of the room open until it is cancelled. */
public final class ChangeWait {

    private final EventLoop loop;
    private final UUID user;
    private final long rev;
    private final Consumer<ChangeWait> onLeave;
    private final Promise<Void> ended = Promise.promise();
    private final AtomicBoolean left = new AtomicBoolean();

    /** {@code onLeave} runs once, on the loop. */
    ChangeWait(EventLoop loop, UUID user, long rev, Consumer<ChangeWait> onLeave) {
        this.loop = loop;
        this.user = user;
        this.rev = rev;
        this.onLeave = onLeave;
    }

    /** Completes when there is a later revision, or when the user may no longer read the room. Never fails. */
    public Future<Void> ended() {
        return ended.future();
    }

    /** Releases the wait, whether it has ended or not. Called from any thread; may be repeated. */
    public void cancel() {
        if (left.compareAndSet(false, true)) {
            loop.execute(() -> onLeave.accept(this));
        }
    }

    UUID user() {
        return user;
    }

    /** The revision up to which the caller knows the room. */
    long rev() {
        return rev;
    }

    void end() {
        ended.tryComplete();
    }
}
