package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.upstream.client.Answer;
import io.heliograph.gateway.upstream.client.Request;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.upstream.ClientKey;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/** A {@link Fetch} whose answer is gathered, or handed to an exchange, as its {@link Audience} wants. */
final class Gathering implements Asker {

    private static final Logger LOG = Logger.getLogger(Gathering.class);

    private final Inquiry inquiry;
    private final Audience audience;
    private final Call call;
    private final Buffer body = Buffer.buffer();
    private int wanted;
    private Exchange taker;
    private AnswerBody answer;
    private boolean over;

    Gathering(Calls calls, Inquiry inquiry, Audience audience) {
        this.inquiry = inquiry;
        this.audience = audience;
        this.call = new Call(calls, this);
    }

    void start() {
        call.begin();
        call.start();
    }

    @Override
    public Route route() {
        return inquiry.route();
    }

    @Override
    public HttpMethod method() {
        return inquiry.method();
    }

    @Override
    public String uri() {
        return inquiry.route().forwarded(inquiry.uri());
    }

    @Override
    public String requestId() {
        String id = inquiry.headers().get("X-Request-Id");
        return id == null ? "" : id;
    }

    /** What many may wait for, or nobody, is nobody's. */
    @Override
    public ClientKey client() {
        return null;
    }

    @Override
    public boolean isUpgrade() {
        return false;
    }

    @Override
    public void copyHeaders(MultiMap to) {
        to.addAll(inquiry.headers());
    }

    @Override
    public void send(Request request) {
        if (inquiry.body() == null) {
            request.end();
        } else {
            request.end(inquiry.body());
        }
    }

    @Override
    public void hold() {
        // All of it is here.
    }

    @Override
    public boolean canSendAgain() {
        return true;
    }

    @Override
    public boolean isAwaited() {
        return answer != null && answer.waitsForClient();
    }

    @Override
    public void interim(int status, MultiMap headers) {
        guarded(() -> audience.interim(status, headers));
    }

    @Override
    public void answered(Request request, Answer from, long tookNanos) {
        audience.took(tookNanos);
        guarded(() -> {
            wanted = audience.hear(from.status(), from.headers());
            if (wanted < 0 || saysItIsTooLarge(from)) {
                handOver(from);
            } else {
                from.read(chunk -> gather(from, chunk), () -> whole(from));
            }
        });
    }

    @Override
    public void failed(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        if (taker == null) {
            audience.failed(failure);
        } else if (!taker.response().headWritten()) {
            failure.refuse(taker);
        } else {
            taker.breakOff(Outcome.BROKEN);
        }
    }

    @Override
    public void stalled() {
        over = true;
        taker.breakOff(Outcome.ABORTED);
    }

    @Override
    public void crashed() {
        failed(Failure.HTTP_PROTOCOL_ERROR);
    }

    private void gather(Answer from, Buffer chunk) {
        call.watch().moved(chunk.length());
        body.appendBuffer(chunk);
        if (body.length() > wanted) {
            guarded(() -> handOver(from));
        }
    }

    private void whole(Answer from) {
        if (!over) {
            guarded(() -> {
                call.complete();
                MultiMap headers = HttpHeaders.headers();
                Headers.copyAnswer(from.headers(), headers);
                audience.whole(new Fetched(from.status(), headers, body));
                over = true;
            });
        }
    }

    private void handOver(Answer from) {
        Exchange exchange = audience.taker();
        if (exchange == null) {
            over = true;
            call.cancel();
            return;
        }
        if (!call.take(Transfer.clientOf(exchange))) {
            over = true;
            call.cancel();
            Failure.HTTP_REQUEST_DENIED.refuse(exchange);
            return;
        }
        taker = exchange;
        HttpServerResponse to = exchange.response();
        to.exceptionHandler(failure -> clientLeft());
        exchange.request().resume();
        answer = new AnswerBody(exchange, from, call.watch());
        answer.pass(body, this::passed);
    }

    private void passed() {
        if (!over) {
            over = true;
            call.complete();
            taker.finish(Outcome.ANSWERED);
        }
    }

    private void clientLeft() {
        if (!over) {
            over = true;
            call.cancel();
            taker.finish(Outcome.ABORTED);
        }
    }

    /** Somebody waits for an end of this, come what may: such as a header that no server may send. */
    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "an answer to %s cannot be used", inquiry.uri());
            call.cancel();
            failed(Failure.HTTP_PROTOCOL_ERROR);
        }
    }

    private boolean saysItIsTooLarge(Answer from) {
        String length = from.header(HttpHeaders.CONTENT_LENGTH);
        // One that is longer than this is no number of bytes that anyone could hold; whether it is one, the parser saw.
        return hasBody(from) && length != null && (length.length() > 10 || Long.parseLong(length) > wanted);
    }

    /** To {@code HEAD} and with a {@code 304} the length is that of the body that a {@code 200} has (RFC 9110, 8.6). */
    private boolean hasBody(Answer from) {
        return !HttpMethod.HEAD.equals(inquiry.method()) && from.status() != 304 && from.status() != 204;
    }
}
