package io.heliograph.gateway.proxy;

import io.heliograph.gateway.exchange.Exchange;
import io.heliograph.gateway.exchange.Outcome;
import io.heliograph.gateway.exchange.UnreadBody;
import io.heliograph.gateway.upstream.client.Answer;
import io.heliograph.gateway.upstream.client.Request;
import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.token.Caller;
import io.heliograph.gateway.upstream.ClientKey;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * An exchange that is being answered by its upstream. It is over exactly once: with the answer passed on whole, with a
 * refusal, with the client gone, or broken off where a refusal would come too late.
 */
final class Transfer implements Asker {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final Forwarding forwarding;
    private final Exchange exchange;
    private final boolean upgrade;
    private final Call call;
    private final RequestBody body;
    private AnswerBody answer;
    private boolean over;

    Transfer(Forwarding forwarding, Exchange exchange, boolean upgrade) {
        this.forwarding = forwarding;
        this.exchange = exchange;
        this.upgrade = upgrade;
        this.call = new Call(forwarding.calls(), this);
        this.body = new RequestBody(
                exchange.request(), call.watch(), exchange.route().maxBody(), call::guarded, this::tooLarge);
    }

    void start() {
        HttpServerResponse response = exchange.response();
        if (response.closed()) {
            exchange.finish(Outcome.ABORTED);
            return;
        }
        response.exceptionHandler(failure -> clientLeft());
        call.begin();
        if (upgrade) {
            call.start();
        } else {
            body.read(call::start);
        }
    }

    @Override
    public Route route() {
        return exchange.route();
    }

    @Override
    public HttpMethod method() {
        return exchange.method();
    }

    @Override
    public String uri() {
        return exchange.route().forwarded(exchange.request().uri());
    }

    @Override
    public String requestId() {
        return exchange.requestId();
    }

    /** A tunnel takes a connection of its own, and is counted otherwise. */
    @Override
    public ClientKey client() {
        return upgrade ? null : clientOf(exchange);
    }

    static ClientKey clientOf(Exchange exchange) {
        Caller caller = exchange.caller();
        return new ClientKey(exchange.network(), caller == null ? null : caller.id());
    }

    @Override
    public boolean isUpgrade() {
        return upgrade;
    }

    @Override
    public void copyHeaders(MultiMap to) {
        Headers.copyRequest(exchange, to);
    }

    @Override
    public void send(Request request) {
        if (upgrade) {
            body.skip();
            Handshake.ask(request);
        } else {
            body.send(request);
        }
    }

    @Override
    public void hold() {
        body.hold();
    }

    @Override
    public boolean canSendAgain() {
        return body.canSendAgain();
    }

    @Override
    public boolean isAwaited() {
        return answer == null ? body.waitsForClient() : answer.waitsForClient();
    }

    @Override
    public void interim(int status, MultiMap headers) {
        if (!over) {
            Interim.pass(exchange, status, headers);
        }
    }

    @Override
    public void answered(Request request, Answer from, long tookNanos) {
        exchange.upstreamTook(tookNanos);
        if (from.status() != SWITCHING_PROTOCOLS) {
            pass(request, from);
        } else {
            over = true;
            call.complete();
            Handshake.complete(exchange, request, from, forwarding.tunnels());
        }
    }

    @Override
    public void failed(Failure failure) {
        if (over) {
            return;
        }
        over = true;
        body.stop();
        if (!exchange.response().headWritten()) {
            failure.refuse(exchange);
        } else {
            exchange.breakOff(Outcome.BROKEN);
        }
    }

    @Override
    public void stalled() {
        if (exchange.response().headWritten()) {
            over = true;
            exchange.breakOff(Outcome.ABORTED);
        } else {
            refuse(Problem.REQUEST_TIMEOUT);
        }
    }

    @Override
    public void crashed() {
        over = true;
        body.stop();
        exchange.crashed();
    }

    private void pass(Request request, Answer from) {
        try {
            answer = new AnswerBody(exchange, from, call.watch());
            answer.pass(() -> passed(request));
        } catch (IllegalArgumentException e) {
            // A status or a header that no server may send.
            call.reject(Failure.HTTP_PROTOCOL_ERROR);
        }
    }

    private void passed(Request request) {
        if (over) {
            return;
        }
        over = true;
        call.complete();
        boolean early = !body.isComplete();
        if (early || upgrade) {
            // Its connection is in no state to carry another request.
            request.reset();
        }
        exchange.finish(Outcome.ANSWERED);
        if (early) {
            UnreadBody.discard(exchange.request());
        }
    }

    private void tooLarge() {
        call.cancel();
        if (exchange.response().headWritten()) {
            over = true;
            exchange.breakOff(Outcome.ABORTED);
        } else {
            refuse(Problem.BODY_TOO_LARGE);
        }
    }

    private void refuse(Problem problem) {
        if (!over) {
            over = true;
            call.cancel();
            body.stop();
            exchange.refuse(problem);
        }
    }

    private void clientLeft() {
        if (!over) {
            over = true;
            call.abandon();
            body.stop();
            exchange.finish(Outcome.ABORTED);
        }
    }
}
