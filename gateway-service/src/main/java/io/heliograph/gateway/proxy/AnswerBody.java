package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.upstream.client.Answer;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** Carries the answer of a service to the client, no faster than the client takes it. */
final class AnswerBody {

    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int UPGRADE_REQUIRED = 426;

    private final Exchange exchange;
    private final Answer from;
    private final HttpServerResponse to;
    private final Watch watch;
    /** Bytes to come, if the service said how many; else negative. */
    private long left = -1;

    private boolean waitsForClient;

    AnswerBody(Exchange exchange, Answer from, Watch watch) {
        this.exchange = exchange;
        this.from = from;
        this.to = exchange.response();
        this.watch = watch;
    }

    /** Starts it. Once all of it has passed, {@code whole} is called; never, if the service breaks off. */
    void pass(Runnable whole) {
        pass(Buffer.buffer(), whole);
    }

    /** The same, for a body whose beginning has been read already. */
    void pass(Buffer beginning, Runnable whole) {
        Headers.copyAnswer(exchange, from.headers(), to.headers());
        to.setStatusCode(from.status());
        if (from.status() == UPGRADE_REQUIRED) {
            nameProtocol();
        }
        if (mayHaveBody()) {
            frame();
        }
        if (beginning.length() > 0) {
            pass(beginning);
        }
        from.read(this::pass, () -> {
            if (!to.ended()) {
                passTrailers();
                to.end();
            }
            whole.run();
            closeIfThatIsTheEnd();
        });
    }

    /** Whether more could be sent, if only the client read. */
    boolean waitsForClient() {
        return waitsForClient;
    }

    private void frame() {
        String length = to.headers().get(HttpHeaders.CONTENT_LENGTH);
        if (length != null) {
            left = Long.parseLong(length);
            return;
        }
        to.setChunked(true);
        String type = to.headers().get(HttpHeaders.CONTENT_TYPE);
        if (type != null && type.startsWith("text/event-stream")) {
            // It goes on for as long as it lives, and its first event may be far away.
            watch.lift();
            to.writeHead();
        }
    }

    private void pass(Buffer chunk) {
        if (to.ended() || to.closed()) {
            return;
        }
        watch.moved(chunk.length());
        left -= chunk.length();
        if (left == 0) {
            // The last bytes of a known length go out in one write with the end.
            to.end(chunk);
            return;
        }
        to.write(chunk);
        if (to.writeQueueFull()) {
            waitsForClient = true;
            from.pause();
            to.drainHandler(drained -> {
                waitsForClient = false;
                watch.moved();
                from.resume();
            });
        }
    }

    /** Without it nobody would know what to upgrade to (RFC 9110, 15.5.22); HTTP/2 has no upgrades. */
    private void nameProtocol() {
        String protocol = from.header(HttpHeaders.UPGRADE);
        if (protocol != null && exchange.request().version() == HttpVersion.HTTP_1_1) {
            to.headers().set(HttpHeaders.UPGRADE, protocol).set(HttpHeaders.CONNECTION, HttpHeaders.UPGRADE);
        }
    }

    private void passTrailers() {
        MultiMap trailers = from.trailers();
        if (trailers != null && to.isChunked()) {
            Trailers.copy(trailers, to.trailers());
        }
    }

    private boolean mayHaveBody() {
        int status = from.status();
        return !HttpMethod.HEAD.equals(exchange.method()) && status != NO_CONTENT && status != NOT_MODIFIED;
    }

    /** HTTP/1.0 has no chunks: there a body of unknown length ends with the connection. */
    private void closeIfThatIsTheEnd() {
        if (exchange.request().version() == HttpVersion.HTTP_1_0
                && !to.headers().contains(HttpHeaders.CONTENT_LENGTH)) {
            exchange.request().connection().close();
        }
    }
}
