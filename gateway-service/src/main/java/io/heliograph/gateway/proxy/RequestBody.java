package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.RequestHead;
import io.heliograph.gateway.proxy.ProxyHeaders.ForwardedTrailers;
import io.heliograph.gateway.server.RequestTrailers;
import io.heliograph.gateway.server.UploadWindows;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Streams a request body to the upstream with back-pressure, up to the limit. A small body is read first, so that no
 * upstream connection waits for a client, and is buffered for retries.
 */
final class RequestBody {

    /** Larger than nearly every JSON body. The gateway may buffer this much for each request in flight. */
    private static final int SMALL = 64 * 1024;

    private final HttpServerRequest from;
    private final UploadWindows windows;
    private final InactivityTimeout timeout;
    private final long limit;
    private final Consumer<Runnable> guard;
    private final Runnable tooLarge;
    private final long length;

    /** Called once a small body is complete or a larger one has exceeded the buffer; null before and afterwards. */
    private Runnable ready;

    private UpstreamRequest to;

    /** The buffered body; null once it has exceeded the buffer. */
    private List<Buffer> buffered = List.of();

    private long passed;
    private boolean started;
    private boolean ended;
    private boolean awaitsUpstream;
    private boolean stopped;

    /** Whether the body is sent chunked, so that trailers may follow. */
    private boolean chunked;

    /**
     * @param windows enlarges the flow-control window for a large body
     * @param guard runs the handlers of the client's body, and handles their exceptions
     * @param tooLarge is called if the body exceeds the limit
     */
    RequestBody(
            HttpServerRequest from,
            UploadWindows windows,
            InactivityTimeout timeout,
            long limit,
            Consumer<Runnable> guard,
            Runnable tooLarge) {
        this.from = from;
        this.windows = windows;
        this.timeout = timeout;
        this.limit = limit;
        this.guard = guard;
        this.tooLarge = tooLarge;
        this.length = RequestHead.bodyLength(from);
    }

    /** Reads a small body, or the beginning of one of unknown length, then calls {@code ready}. */
    void read(Runnable ready) {
        if (length == 0 || length > SMALL) {
            ready.run();
        } else {
            this.ready = ready;
            startReading();
        }
    }

    /** Sends the head and the body from its beginning. */
    void send(UpstreamRequest request) {
        to = request;
        if (length == 0) {
            skip();
            sendNothing();
        } else if (ended && length > 0 && buffered != null && trailers() == null) {
            to.end(allBuffered());
        } else {
            setFraming();
            if (started) {
                resend();
            } else {
                startReading();
            }
        }
    }

    /** Skips the body, since the head is sent elsewhere. */
    void skip() {
        // Once only: an ended HTTP/2 stream cannot be resumed.
        if (!ended) {
            ended = true;
            from.resume();
        }
    }

    /** Pauses the body until the next {@link #send}. */
    void pause() {
        to = null;
        awaitsUpstream = false;
        if (!ended) {
            from.pause();
        }
    }

    /** Discards the rest of the body. */
    void stop() {
        stopped = true;
        to = null;
        ready = null;
        awaitsUpstream = false;
    }

    /** Whether the body has been received completely. */
    boolean isComplete() {
        return ended;
    }

    boolean canResend() {
        return buffered != null;
    }

    /** Whether it is the client's turn to send something. */
    boolean awaitsClient() {
        return started && !ended && !awaitsUpstream && (to != null || ready != null);
    }

    /**
     * Sends a request without a body; with {@code Content-Length: 0} for methods that usually have one (RFC 9110, 8.6).
     */
    private void sendNothing() {
        HttpMethod method = from.method();
        if (HttpMethod.POST.equals(method) || HttpMethod.PUT.equals(method) || HttpMethod.PATCH.equals(method)) {
            to.headers().set(HttpHeaders.CONTENT_LENGTH, "0");
        }
        to.end();
    }

    private void setFraming() {
        chunked = length < 0 || (ended && trailers() != null);
        if (chunked) {
            to.chunked();
        } else {
            to.headers().set(HttpHeaders.CONTENT_LENGTH, Long.toString(length));
        }
    }

    /** The trailers to forward; null if there are none. Over HTTP/1.1 only a chunked body has trailers. */
    private MultiMap trailers() {
        boolean possible = length < 0 || from.version() == HttpVersion.HTTP_2;
        MultiMap sent = possible ? RequestTrailers.of(from) : null;
        if (sent == null) {
            return null;
        }
        MultiMap passing = MultiMap.caseInsensitiveMultiMap();
        ForwardedTrailers.copy(sent, passing);
        return passing.isEmpty() ? null : passing;
    }

    private void startReading() {
        started = true;
        buffered = new ArrayList<>(1);
        from.endHandler(end -> guard.accept(this::end));
        from.handler(chunk -> guard.accept(() -> receive(chunk)));
        // HTTP/1.0 has no interim responses; the client would take it for the final one.
        if (from.version() != HttpVersion.HTTP_1_0
                && "100-continue".equalsIgnoreCase(from.getHeader(HttpHeaders.EXPECT))) {
            from.response().writeContinue();
        }
        from.resume();
    }

    private Buffer allBuffered() {
        if (buffered.size() == 1) {
            return buffered.get(0);
        }
        Buffer all = Buffer.buffer((int) passed);
        buffered.forEach(all::appendBuffer);
        return all;
    }

    private void resend() {
        for (Buffer chunk : buffered) {
            write(chunk);
        }
        if (passed > SMALL) {
            buffered = null;
        }
        if (ended) {
            finish();
        } else if (!awaitsUpstream) {
            from.resume();
        }
    }

    private void receive(Buffer chunk) {
        if (stopped) {
            return;
        }
        timeout.progress(chunk.length());
        passed += chunk.length();
        if (passed > limit) {
            tooLarge.run();
            return;
        }
        keep(chunk);
        if (to != null) {
            write(chunk);
            if (passed > UploadWindows.LARGE_BODY) {
                windows.enlarge(from);
            }
        } else if (passed > SMALL) {
            from.pause();
            ready();
        }
    }

    /** Buffers a chunk. Chunks that have not been sent are always kept: at most one more than a small body has. */
    private void keep(Buffer chunk) {
        if (to != null && passed > SMALL) {
            buffered = null;
        } else if (buffered != null) {
            buffered.add(chunk);
        }
    }

    private void write(Buffer chunk) {
        UpstreamRequest target = to;
        target.write(chunk);
        if (!ended && !awaitsUpstream && target.isWriteQueueFull()) {
            awaitsUpstream = true;
            from.pause();
            target.onDrained(() -> drained(target));
        }
    }

    private void drained(UpstreamRequest target) {
        if (target == to && awaitsUpstream) {
            awaitsUpstream = false;
            timeout.progress();
            from.resume();
        }
    }

    private void end() {
        ended = true;
        if (stopped) {
            return;
        }
        timeout.progress();
        if (to != null) {
            finish();
        } else {
            ready();
        }
    }

    private void ready() {
        Runnable waiting = ready;
        ready = null;
        if (waiting != null) {
            waiting.run();
        }
    }

    private void finish() {
        MultiMap trailers = chunked ? trailers() : null;
        if (trailers == null) {
            to.end();
        } else {
            to.end(trailers);
        }
    }
}
