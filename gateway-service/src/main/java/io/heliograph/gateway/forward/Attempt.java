package io.heliograph.gateway.forward;

import io.heliograph.gateway.upstream.Instance;
import io.vertx.core.Future;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;

/** One try of a {@link Call} at one instance. What it hears after it has ended, it keeps to itself. */
final class Attempt {

    private final Call call;
    private final Asker asker;
    private final Instance instance;
    private HttpClientRequest request;
    private long openedNanos;
    private boolean answered;
    private boolean over;

    Attempt(Call call, Asker asker, Instance instance) {
        this.call = call;
        this.asker = asker;
        this.instance = instance;
    }

    void start() {
        Future<HttpClientRequest> opening =
                asker.isUpgrade() ? instance.upgrade(asker.uri()) : instance.request(asker.method(), asker.uri());
        opening.onSuccess(this::opened).onFailure(this::unopened);
    }

    Instance instance() {
        return instance;
    }

    boolean isOver() {
        return over;
    }

    /** Ends it, whatever it has come to; its connection carries nothing else afterwards. */
    void abandon() {
        if (!over) {
            complete();
            if (request != null) {
                request.reset();
            }
        }
    }

    /** Ends it with the answer read to its end. */
    void complete() {
        over = true;
        if (request != null) {
            instance.release();
        }
    }

    /** Holds it against the instance that it came to nothing. */
    void blame() {
        instance.failed(System.nanoTime());
    }

    private void opened(HttpClientRequest opened) {
        if (over) {
            instance.release();
            opened.reset();
            return;
        }
        request = opened;
        openedNanos = System.nanoTime();
        request.exceptionHandler(this::broke);
        request.response().onSuccess(this::answered).onFailure(this::broke);
        asker.copyHeaders(request.headers());
        asker.send(request);
    }

    private void unopened(Throwable cause) {
        if (!over) {
            over = true;
            Failure failure = Failure.ofConnecting(cause);
            if (failure != Failure.CONNECTION_LIMIT_REACHED) {
                instance.unreachable(System.nanoTime());
            }
            call.failed(new Mishap(instance, failure, true));
        }
    }

    private void answered(HttpClientResponse response) {
        if (over) {
            return;
        }
        long now = System.nanoTime();
        answered = true;
        response.exceptionHandler(this::broke);
        asker.route().upstream().answered(instance, response.statusCode(), now);
        call.answered(request, response, now - openedNanos);
    }

    private void broke(Throwable cause) {
        if (!over) {
            boolean unsent = !answered && asker.isUnsent();
            Failure failure = answered ? Failure.HTTP_RESPONSE_INCOMPLETE : Failure.ofWaiting(cause);
            abandon();
            blame();
            call.failed(new Mishap(instance, failure, unsent));
        }
    }
}
