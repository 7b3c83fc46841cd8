package io.heliograph.gateway.batch;

import io.heliograph.gateway.pipeline.BodyLength;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Reads a request body into memory, within the size of the route and a timeout. */
final class RequestBodyReader {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final long limit;
    private final long length;
    private final long timeoutMillis;
    private final Buffer body = Buffer.buffer();
    private final Promise<Buffer> read = Promise.promise();

    RequestBodyReader(Vertx vertx, Exchange exchange, long timeoutMillis) {
        this.vertx = vertx;
        this.request = exchange.request();
        this.limit = exchange.route().maxBody();
        this.length = BodyLength.of(request);
        this.timeoutMillis = timeoutMillis;
    }

    /** Fails with {@link BodyRejectedException}, or with something else if the client is gone. */
    Future<Buffer> read() {
        if (length > limit) {
            return Future.failedFuture(new BodyRejectedException(Problem.BODY_TOO_LARGE));
        }
        long timer = vertx.setTimer(timeoutMillis, late -> reject(Problem.REQUEST_TIMEOUT));
        request.handler(this::add);
        request.endHandler(end -> read.tryComplete(body));
        request.response().exceptionHandler(read::tryFail);
        if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
            request.response().writeContinue();
        }
        request.resume();
        return read.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void add(Buffer chunk) {
        if (read.future().isComplete()) {
            return;
        }
        if (body.length() + chunk.length() > limit) {
            reject(Problem.BODY_TOO_LARGE);
        } else {
            body.appendBuffer(chunk);
        }
    }

    private void reject(Problem problem) {
        read.tryFail(new BodyRejectedException(problem));
    }

    /** The body of a request is rejected before or while it is read. */
    static final class BodyRejectedException extends Exception {

        private static final long serialVersionUID = 1;

        private final Problem problem;

        BodyRejectedException(Problem problem) {
            super(problem.code(), null, false, false);
            this.problem = problem;
        }

        Problem problem() {
            return problem;
        }
    }
}
