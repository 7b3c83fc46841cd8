package io.heliograph.gateway.proxy;

import io.heliograph.gateway.compression.CompressionPolicy;
import io.heliograph.gateway.compression.GzipEncoder;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.proxy.ProxyHeaders.ForwardedTrailers;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Streams the response of an upstream to the client with back-pressure, compressed if the client accepts that. */
final class ResponseBody {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int UPGRADE_REQUIRED = 426;

    private final Exchange exchange;
    private final UpstreamResponse from;
    private final HttpServerResponse to;
    private final InactivityTimeout timeout;
    /** Remaining bytes by {@code Content-Length}; negative if unknown. */
    private long remaining = CompressionPolicy.UNKNOWN;

    /** Null if the body is forwarded as it is. */
    private GzipEncoder encoder;

    private boolean awaitsClient;

    ResponseBody(Exchange exchange, UpstreamResponse from, InactivityTimeout timeout) {
        this.exchange = exchange;
        this.from = from;
        this.to = exchange.response();
        this.timeout = timeout;
    }

    /** Starts forwarding. {@code whole} is called after the complete body; never if the response is incomplete. */
    void forward(Runnable whole) {
        forward(Buffer.buffer(), whole);
    }

    /** As above, for a body whose beginning has been read already. */
    void forward(Buffer beginning, Runnable whole) {
        ProxyHeaders.copyResponse(exchange, from.headers(), to.headers());
        to.setStatusCode(from.status());
        if (from.status() == UPGRADE_REQUIRED) {
            addUpgrade();
        }
        String length = to.headers().get(HttpHeaders.CONTENT_LENGTH);
        encoder = exchange.encoding()
                .begin(from.status(), length == null ? CompressionPolicy.UNKNOWN : Long.parseLong(length));
        if (mayHaveBody()) {
            setFraming(length);
        }
        if (beginning.length() > 0) {
            forward(beginning);
        }
        from.read(this::forward, () -> {
            if (!to.ended()) {
                forwardTrailers();
                end(Buffer.buffer());
            }
            whole.run();
            closeIfDelimitedByClose();
        });
    }

    private void end(Buffer last) {
        Buffer body = encoder == null ? last : encoder.encode(last, true);
        if (body.length() == 0) {
            to.end();
        } else {
            to.end(body);
        }
    }

    /** Whether forwarding waits for the client to read. */
    boolean awaitsClient() {
        return awaitsClient;
    }

    private void setFraming(String length) {
        if (length != null) {
            remaining = Long.parseLong(length);
            to.setChunked(encoder != null);
            return;
        }
        to.setChunked(true);
        String type = to.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("text/event-stream")) {
            // An event stream has no total timeout, and its head must not wait for the first event.
            timeout.exemptFromTotal();
            to.writeHead();
        }
    }

    private void forward(Buffer chunk) {
        if (to.ended() || to.closed()) {
            return;
        }
        timeout.progress(chunk.length());
        remaining -= chunk.length();
        if (remaining == 0) {
            // The last chunk of a known length is written together with the end.
            end(chunk);
            return;
        }
        to.write(encoder == null ? chunk : encoder.encode(chunk, false));
        if (to.writeQueueFull()) {
            awaitsClient = true;
            from.pause();
            to.drainHandler(drained -> {
                awaitsClient = false;
                timeout.progress();
                from.resume();
            });
        }
    }

    /** A {@code 426} requires {@code Upgrade} (RFC 9110, 15.5.22); HTTP/2 has no upgrades. */
    private void addUpgrade() {
        String protocol = from.header(HttpHeaders.UPGRADE);
        if (protocol != null && exchange.request().version() == HttpVersion.HTTP_1_1) {
            to.headers().set(HttpHeaders.UPGRADE, protocol).set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        }
    }

    private void forwardTrailers() {
        MultiMap trailers = from.trailers();
        if (trailers != null && to.isChunked()) {
            ForwardedTrailers.copy(trailers, to.trailers());
        }
    }

    private boolean mayHaveBody() {
        int status = from.status();
        return !HttpMethod.HEAD.equals(exchange.method()) && status != NO_CONTENT && status != NOT_MODIFIED;
    }

    /** Closes an HTTP/1.0 connection after a body of unknown length, since HTTP/1.0 has no chunked coding. */
    private void closeIfDelimitedByClose() {
        if (exchange.request().version() == HttpVersion.HTTP_1_0
                && !to.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            exchange.request().connection().close();
        }
    }
}
