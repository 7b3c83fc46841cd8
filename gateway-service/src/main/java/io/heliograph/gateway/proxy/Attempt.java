package io.heliograph.gateway.proxy;

import io.heliograph.gateway.upstream.client.Answer;
import io.heliograph.gateway.upstream.client.Request;
import io.heliograph.gateway.upstream.Instance;
import io.vertx.core.MultiMap;

/** One try of a {@link Call} at one instance. What it hears after it has ended, it keeps to itself. */
final class Attempt implements Request.Listener {

    private final Call call;
    private final Asker asker;
    private final Instance instance;
    /** Null until there is a connection. */
    private Request request;

    private long openedNanos;
    private boolean answered;
    private boolean over;

    Attempt(Call call, Asker asker, Instance instance) {
        this.call = call;
        this.asker = asker;
        this.instance = instance;
    }

    void start() {
        if (asker.isUpgrade()) {
            instance.upgrade(this, asker.uri());
        } else {
            instance.request(this, asker.method(), asker.uri());
        }
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

    /** Whether the request is with the instance, which has not answered it. */
    boolean isUnanswered() {
        return !over && request != null && !answered;
    }

    /** Holds it against the instance that it came to nothing. */
    void blame() {
        instance.failed(System.nanoTime());
    }

    @Override
    public void opened(Request opened) {
        if (over) {
            instance.release();
            opened.reset();
            return;
        }
        request = opened;
        openedNanos = System.nanoTime();
        asker.copyHeaders(request.headers());
        asker.send(request);
    }

    @Override
    public void unopened(Throwable cause) {
        instance.release();
        if (!over) {
            over = true;
            Failure failure = Failure.ofConnecting(cause);
            if (failure != Failure.CONNECTION_LIMIT_REACHED) {
                instance.unreachable(System.nanoTime());
            }
            call.failed(new Mishap(instance, failure, true));
        }
    }

    @Override
    public void answered(Answer answer) {
        long now = System.nanoTime();
        answered = true;
        asker.route().upstream().answered(instance, answer.status(), now);
        asker.route().upstream().took(now - openedNanos, now);
        call.answered(request, answer, now - openedNanos);
    }

    @Override
    public void interim(int status, MultiMap headers) {
        if (!over) {
            call.interim(status, headers);
        }
    }

    @Override
    public void crashed(RuntimeException defect) {
        call.crash(defect);
    }

    @Override
    public void broke(Throwable cause) {
        if (!over) {
            boolean unsent = !answered && request.isUnsent();
            Failure failure = answered ? Failure.HTTP_RESPONSE_INCOMPLETE : Failure.ofWaiting(cause);
            abandon();
            blame();
            call.failed(new Mishap(instance, failure, unsent));
        }
    }
}
