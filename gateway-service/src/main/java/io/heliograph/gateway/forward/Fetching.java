package io.heliograph.gateway.forward;

import io.heliograph.gateway.route.Route;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;

/** One {@link Fetch} under way. */
final class Fetching implements Asker {

    private final Inquiry inquiry;
    private final int maxBody;
    private final Call call;
    private final Promise<Fetched> outcome = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private Future<Void> sent;

    Fetching(Calls calls, Inquiry inquiry, int maxBody) {
        this.inquiry = inquiry;
        this.maxBody = maxBody;
        this.call = new Call(calls, this);
    }

    Future<Fetched> start() {
        call.start();
        return outcome.future();
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

    @Override
    public boolean isUpgrade() {
        return false;
    }

    @Override
    public void copyHeaders(MultiMap to) {
        to.addAll(inquiry.headers());
    }

    @Override
    public void send(HttpClientRequest request) {
        sent = inquiry.body() == null ? request.end() : request.end(inquiry.body());
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
    public boolean isUnsent() {
        return sent == null || sent.failed();
    }

    @Override
    public boolean isAwaited() {
        return false;
    }

    @Override
    public void answered(HttpClientRequest request, HttpClientResponse response, long tookNanos) {
        if (saysItIsTooLarge(response)) {
            giveUp(Failure.HTTP_RESPONSE_BODY_SIZE);
        } else {
            response.handler(this::collect);
            response.endHandler(end -> whole(response));
        }
    }

    @Override
    public void failed(Failure failure) {
        outcome.tryFail(new FetchFailed(failure));
    }

    @Override
    public void stalled() {
        throw new IllegalStateException("nothing is awaited of whoever asked");
    }

    private void collect(Buffer chunk) {
        call.watch().moved();
        if (body.length() + chunk.length() > maxBody) {
            giveUp(Failure.HTTP_RESPONSE_BODY_SIZE);
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void whole(HttpClientResponse response) {
        if (!outcome.future().isComplete()) {
            call.complete();
            MultiMap headers = HttpHeaders.headers();
            Headers.copyAnswer(response.headers(), headers);
            outcome.complete(new Fetched(response.statusCode(), headers, body));
        }
    }

    private void giveUp(Failure failure) {
        call.cancel();
        failed(failure);
    }

    private boolean saysItIsTooLarge(HttpClientResponse response) {
        String length = response.getHeader(HttpHeaders.CONTENT_LENGTH);
        // One that is longer than this is no number of bytes that anyone could hold; whether it is one, the parser saw.
        return !HttpMethod.HEAD.equals(inquiry.method())
                && length != null
                && (length.length() > 10 || Long.parseLong(length) > maxBody);
    }
}
