package io.heliograph.gateway.compression;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** A body that is sent many times. It is compressed once, when a client first accepts that. Used from any thread. */
public final class ReusableBody {

    /** Bodies up to this size are compressed on the event loop, in about a millisecond. */
    static final int MAX_INLINE_BYTES = 64 * 1024;

    private final Buffer plain;
    private final AtomicBoolean begun = new AtomicBoolean();
    /** Null before it is compressed, and if that saves less than half. */
    private volatile Buffer gzip;

    public ReusableBody(Buffer plain) {
        this.plain = plain;
    }

    /** The body as it is. */
    public Buffer plain() {
        return plain;
    }

    /** The memory in bytes: the compressed form is kept only if it takes at most half of the body. */
    public int weight() {
        return plain.length() + plain.length() / 2;
    }

    /**
     * The compressed form; null if there is none yet. A large body is compressed on a worker thread while this and
     * further responses are sent as they are.
     */
    Buffer gzip(int level) {
        if (gzip == null && begun.compareAndSet(false, true)) {
            Context context = plain.length() > MAX_INLINE_BYTES ? Vertx.currentContext() : null;
            if (context == null) {
                compress(level);
            } else {
                context.executeBlocking(() -> compress(level), false).onFailure(rejected -> begun.set(false));
            }
        }
        return gzip;
    }

    private Buffer compress(int level) {
        Buffer encoded = GzipEncoder.encode(plain, level);
        if (encoded.length() <= plain.length() / 2) {
            gzip = encoded;
        }
        return encoded;
    }
}
