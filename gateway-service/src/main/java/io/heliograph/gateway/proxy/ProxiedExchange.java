package io.heliograph.gateway.proxy;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.LingeringClose;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.proxy.ProxyFilter.WebSocketHandshake;
import io.heliograph.gateway.proxy.ProxyHeaders.InterimResponses;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.server.UploadWindows;
import io.heliograph.gateway.upstream.ClientQuotas.ClientKey;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.heliograph.gateway.websocket.TunnelRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;

/**
 * An exchange that is forwarded to an upstream. It ends exactly once: with the whole response, with a rejection, with
 * the client disconnected, or aborted where a rejection would come too late.
 */
final class ProxiedExchange implements UpstreamRequestHandler {

    private static final int SWITCHING_PROTOCOLS = 101;

    private final TunnelRegistry tunnels;
    private final Exchange exchange;
    private final boolean upgrade;
    private final RetryingCall call;
    private final RequestBody body;
    private ResponseBody responseBody;
    private boolean ended;

    ProxiedExchange(
            RetryingCallFactory calls,
            TunnelRegistry tunnels,
            UploadWindows windows,
            Exchange exchange,
            boolean upgrade) {
        this.tunnels = tunnels;
        this.exchange = exchange;
        this.upgrade = upgrade;
        this.call = calls.create(this);
        this.body = new RequestBody(
                exchange.request(),
                windows,
                call.timeout(),
                exchange.route().maxBody(),
                call::runGuarded,
                this::onBodyTooLarge);
    }

    void start() {
        HttpServerResponse response = exchange.response();
        if (response.closed()) {
            exchange.finish(Outcome.ABORTED);
            return;
        }
        response.exceptionHandler(failure -> onClientClosed());
        call.startTimeout();
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
        return exchange.route().upstreamUri(exchange.request().uri());
    }

    @Override
    public String requestId() {
        return exchange.requestId();
    }

    /** Null for a WebSocket, which has a connection and limits of its own. */
    @Override
    public ClientKey client() {
        return upgrade ? null : clientOf(exchange);
    }

    static ClientKey clientOf(Exchange exchange) {
        Caller caller = exchange.caller();
        return new ClientKey(exchange.network(), caller == null ? null : caller.id());
    }

    @Override
    public boolean isLongPoll() {
        return !upgrade && exchange.isLongPoll();
    }

    @Override
    public boolean isUpgrade() {
        return upgrade;
    }

    @Override
    public void copyHeaders(MultiMap to) {
        ProxyHeaders.copyRequest(exchange, to);
    }

    @Override
    public void send(UpstreamRequest request) {
        if (upgrade) {
            body.skip();
            WebSocketHandshake.send(request);
        } else {
            body.send(request);
        }
    }

    @Override
    public void pauseBody() {
        body.pause();
    }

    @Override
    public boolean canResend() {
        return body.canResend();
    }

    @Override
    public boolean awaitsClient() {
        return responseBody == null ? body.awaitsClient() : responseBody.awaitsClient();
    }

    @Override
    public void onInterimResponse(int status, MultiMap headers) {
        if (!ended) {
            InterimResponses.forward(exchange, status, headers);
        }
    }

    @Override
    public void onResponse(UpstreamRequest request, UpstreamResponse from, long tookNanos) {
        exchange.upstreamResponded(tookNanos);
        if (from.status() != SWITCHING_PROTOCOLS) {
            forward(request, from);
        } else {
            ended = true;
            call.complete();
            WebSocketHandshake.complete(exchange, request, from, tunnels);
        }
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        if (ended) {
            return;
        }
        ended = true;
        body.stop();
        if (!exchange.response().headWritten()) {
            failure.reject(exchange);
        } else {
            exchange.abort(Outcome.INCOMPLETE);
        }
    }

    @Override
    public void onClientTimeout() {
        if (exchange.response().headWritten()) {
            ended = true;
            exchange.abort(Outcome.ABORTED);
        } else {
            reject(Problem.REQUEST_TIMEOUT);
        }
    }

    @Override
    public void onDefect() {
        ended = true;
        body.stop();
        exchange.failWithoutLog();
    }

    private void forward(UpstreamRequest request, UpstreamResponse from) {
        try {
            responseBody = new ResponseBody(exchange, from, call.timeout());
            responseBody.forward(() -> onForwarded(request));
        } catch (IllegalArgumentException e) {
            // The response has an invalid status or header.
            call.failResponse(UpstreamFailure.HTTP_PROTOCOL_ERROR);
        }
    }

    private void onForwarded(UpstreamRequest request) {
        if (ended) {
            return;
        }
        ended = true;
        call.complete();
        boolean early = !body.isComplete();
        if (early || upgrade) {
            // The request is incomplete, so its connection cannot be reused.
            request.reset();
        }
        exchange.finish(Outcome.ANSWERED);
        if (early) {
            LingeringClose.start(exchange.request());
        }
    }

    private void onBodyTooLarge() {
        call.cancel();
        if (exchange.response().headWritten()) {
            ended = true;
            exchange.abort(Outcome.ABORTED);
        } else {
            reject(Problem.BODY_TOO_LARGE);
        }
    }

    private void reject(Problem problem) {
        if (!ended) {
            ended = true;
            call.cancel();
            body.stop();
            exchange.reject(problem);
        }
    }

    private void onClientClosed() {
        if (!ended) {
            ended = true;
            call.abandon();
            body.stop();
            exchange.finish(Outcome.ABORTED);
        }
    }
}
