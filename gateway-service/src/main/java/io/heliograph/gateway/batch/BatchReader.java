package io.heliograph.gateway.batch;

import io.heliograph.gateway.batch.BatchReader.RequestBodyReader.BodyRejectedException;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.pipeline.RequestHead;
import io.heliograph.gateway.routing.RequestConfig;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.routing.Route.LocalFeature;
import io.heliograph.gateway.routing.Route.RouteTarget.LocalTarget;
import io.heliograph.gateway.routing.Routes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Callable;

/** Reads and parses the body of a batch request. */
@Singleton
final class BatchReader {

    private static final String JSON = "application/json";

    private final Vertx vertx;
    private final Routes routes;
    private final RequestConfig config;

    BatchReader(Vertx vertx, Routes routes, RequestConfig config) {
        this.vertx = vertx;
        this.routes = routes;
        this.config = config;
    }

    /**
     * Fails with {@link BodyRejectedException}, with {@link io.vertx.core.json.DecodeException} if the body is not
     * JSON, or with another exception if the client has disconnected.
     */
    Future<BatchParser> read(Exchange exchange) {
        List<String> types = exchange.request().headers().getAll(HttpHeaders.CONTENT_TYPE);
        if (types.size() > 1 || !types.stream().allMatch(BatchReader::isJson)) {
            return Future.failedFuture(new BodyRejectedException(Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        if (isEncoded(exchange.request().headers().get(HttpHeaders.CONTENT_ENCODING))) {
            return Future.failedFuture(new BodyRejectedException(Problem.UNSUPPORTED_MEDIA_TYPE));
        }
        return new RequestBodyReader(vertx, exchange, config.bodyTimeout().toMillis())
                .read()
                .compose(body -> WorkerOffload.run(vertx, body.length(), () -> parse(body)));
    }

    /** Ignores parameters: JSON has none, and is always UTF-8 (RFC 8259, 11). */
    private static boolean isJson(String type) {
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).trim().equalsIgnoreCase(JSON);
    }

    private static boolean isEncoded(String encoding) {
        return encoding != null && !encoding.isBlank() && !encoding.trim().equalsIgnoreCase("identity");
    }

    private BatchParser parse(Buffer body) {
        BatchParser parser = new BatchParser(this::isBatch, config.maxUri());
        parser.read(body);
        return parser;
    }

    private boolean isBatch(String uri) {
        Route route = routes.table().find(RequestPath.of(uri));
        return route != null && route.target() instanceof LocalTarget local && local.feature() == LocalFeature.BATCH;
    }

    /** Reads a request body into memory, within the size of the route and a timeout. */
    static final class RequestBodyReader {

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
            this.length = RequestHead.bodyLength(request);
            this.timeoutMillis = timeoutMillis;
        }

        /** Fails with {@link BodyRejectedException}, or with another exception if the client has disconnected. */
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

        /** A request body was rejected before or while it was read. */
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

    /** Runs work whose time is proportional to a body: inline if the body is small, else on a worker thread. */
    static final class WorkerOffload {

        /** Bodies up to this size are parsed on the event loop, in less than a millisecond. */
        private static final int MAX_INLINE_BYTES = 64 * 1024;

        private WorkerOffload() {}

        /** Completes on the event loop of the caller. */
        static <T> Future<T> run(Vertx vertx, int bytes, Callable<T> work) {
            if (bytes > MAX_INLINE_BYTES) {
                return vertx.executeBlocking(work, false);
            }
            try {
                return Future.succeededFuture(work.call());
            } catch (Exception e) {
                return Future.failedFuture(e);
            }
        }
    }
}
