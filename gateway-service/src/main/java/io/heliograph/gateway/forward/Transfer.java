package io.heliograph.gateway.forward;

import io.heliograph.gateway.exchange.BodyLength;
import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.exchange.UnreadBody;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.route.Timeouts;
import io.heliograph.gateway.upstream.Instance;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One attempt to get an exchange answered by one instance. It is over exactly once: with the answer passed on whole,
 * with a refusal, with the client gone, or broken off where a refusal would come too late.
 */
final class Transfer {

    private static final Logger LOG = Logger.getLogger(Transfer.class);
    private static final int SWITCHING_PROTOCOLS = 101;

    private final Forwarding forwarding;
    private final Exchange exchange;
    private final Instance instance;
    private final HttpClientRequest upstream;
    private final Timeouts timeouts;
    private final Watch watch;
    private final RequestBody body;
    private final long startNanos = System.nanoTime();
    private boolean mayRetry;
    private boolean upgrade;
    private AnswerBody answer;
    private boolean over;

    Transfer(Forwarding forwarding, Exchange exchange, Instance instance, HttpClientRequest upstream) {
        this.forwarding = forwarding;
        this.exchange = exchange;
        this.instance = instance;
        this.upstream = upstream;
        this.timeouts = exchange.route().timeouts();
        this.watch = new Watch(forwarding.vertx(), this::patienceNanos, timeouts.total(), this::expired);
        this.body = new RequestBody(
                exchange.request(), upstream, watch, exchange.route().maxBody());
    }

    /** @param mayRetry whether this was the first attempt, so that another is allowed */
    void send(boolean mayRetry) {
        this.mayRetry = mayRetry;
        open();
        if (!over) {
            body.send(BodyLength.of(exchange.request()), () -> refuse(Problem.BODY_TOO_LARGE));
        }
    }

    /** Like {@link #send}, for a request that would become a WebSocket. */
    void upgrade(boolean mayRetry) {
        this.mayRetry = mayRetry;
        this.upgrade = true;
        open();
        if (!over) {
            body.skip();
            Tunnel.request(upstream);
        }
    }

    private void open() {
        upstream.exceptionHandler(this::failed);
        HttpServerResponse response = exchange.response();
        if (response.closed()) {
            clientLeft();
            return;
        }
        response.exceptionHandler(failure -> clientLeft());
        upstream.response().onSuccess(this::answered).onFailure(this::failed);
        watch.start();
        Headers.copyRequest(exchange, upstream.headers());
    }

    private void answered(HttpClientResponse response) {
        if (over) {
            return;
        }
        exchange.upstreamTook(System.nanoTime() - startNanos);
        watch.moved();
        response.exceptionHandler(this::failed);
        if (response.statusCode() != SWITCHING_PROTOCOLS) {
            pass(response);
        } else if (upgrade) {
            leave();
            new Tunnel(exchange, forwarding.metrics(), forwarding.vertx()).open(upstream, response);
        } else {
            failed(new IllegalStateException("switched protocols unasked"));
        }
    }

    private void pass(HttpClientResponse response) {
        try {
            answer = new AnswerBody(exchange, response, watch);
            answer.pass(this::answeredWhole);
        } catch (IllegalArgumentException e) {
            // A status or a header that no server may send.
            failed(e);
        }
    }

    private void answeredWhole() {
        if (over) {
            return;
        }
        leave();
        boolean early = !body.isComplete();
        if (early || upgrade) {
            // Its connection is in no state to carry another request.
            upstream.reset();
        }
        exchange.finish(Outcome.ANSWERED);
        if (early) {
            UnreadBody.discard(exchange.request());
        }
    }

    private void failed(Throwable failure) {
        if (over) {
            return;
        }
        if (exchange.response().headWritten()) {
            log(failure.toString());
            breakOff(Outcome.BROKEN);
        } else if (mayRetry && failure instanceof HttpClosedException && isRepeatable()) {
            leave();
            forwarding.retry(exchange, instance);
        } else {
            log(failure.toString());
            refuse(Problem.UPSTREAM_FAILED);
        }
    }

    private void expired() {
        if (exchange.response().headWritten()) {
            boolean clientStalls = answer.waitsForClient();
            breakOff(clientStalls ? Outcome.ABORTED : Outcome.BROKEN);
        } else if (body.waitsForClient()) {
            refuse(Problem.REQUEST_TIMEOUT);
        } else {
            log("no answer in time");
            refuse(Problem.UPSTREAM_TIMEOUT);
        }
    }

    private long patienceNanos() {
        if (answer != null) {
            return timeouts.idle();
        }
        return body.waitsForClient() ? forwarding.bodyNanos() : timeouts.firstByte();
    }

    /** Whether doing it twice is the same as doing it once, and nothing of it is used up. */
    private boolean isRepeatable() {
        HttpMethod method = exchange.method();
        boolean idempotent = !HttpMethod.POST.equals(method) && !HttpMethod.PATCH.equals(method);
        return idempotent && BodyLength.of(exchange.request()) == 0;
    }

    private void refuse(Problem problem) {
        leave();
        body.stop();
        upstream.reset();
        exchange.refuse(problem);
    }

    /** The client must not take what it has for the whole. */
    private void breakOff(Outcome outcome) {
        leave();
        body.stop();
        upstream.reset();
        exchange.response().reset();
        exchange.finish(outcome);
    }

    private void clientLeft() {
        if (!over) {
            leave();
            body.stop();
            upstream.reset();
            exchange.finish(Outcome.ABORTED);
        }
    }

    private void leave() {
        over = true;
        watch.stop();
        instance.release();
    }

    private void log(String reason) {
        MDC.put("requestId", exchange.requestId());
        LOG.warnf("%s failed %s %s: %s", instance, exchange.method(), exchange.path(), reason);
        MDC.remove("requestId");
    }
}
