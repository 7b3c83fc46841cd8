package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchListener;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchRequest;
import io.heliograph.gateway.proxy.UpstreamFetcher.FetchResponse;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.upstream.ClientQuotas.ClientKey;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.heliograph.gateway.upstream.client.UpstreamResponse;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import org.jboss.logging.Logger;

/** A fetch whose response is buffered, or streamed to an exchange, as its {@link FetchListener} decides. */
final class BufferedFetch implements UpstreamRequestHandler {

    private static final Logger LOG = Logger.getLogger(BufferedFetch.class);

    private final FetchRequest request;
    private final FetchListener listener;
    private final RetryingCall call;
    private final Buffer body = Buffer.buffer();
    private int maxBody;
    private Exchange client;
    private ResponseBody responseBody;
    private boolean ended;

    BufferedFetch(RetryingCallFactory calls, FetchRequest request, FetchListener listener) {
        this.request = request;
        this.listener = listener;
        this.call = calls.create(this);
    }

    void start() {
        call.startTimeout();
        call.start();
    }

    @Override
    public Route route() {
        return request.route();
    }

    @Override
    public HttpMethod method() {
        return request.method();
    }

    @Override
    public String uri() {
        return request.route().upstreamUri(request.uri());
    }

    @Override
    public String requestId() {
        String id = request.headers().get("X-Request-Id");
        return id == null ? "" : id;
    }

    /** A fetch counts for no client, since several may wait for it, or none. */
    @Override
    public ClientKey client() {
        return null;
    }

    @Override
    public boolean isLongPoll() {
        return false;
    }

    @Override
    public boolean isUpgrade() {
        return false;
    }

    @Override
    public void copyHeaders(MultiMap to) {
        to.addAll(request.headers());
    }

    @Override
    public void send(UpstreamRequest to) {
        if (request.body() == null) {
            to.end();
        } else {
            to.end(request.body());
        }
    }

    @Override
    public void pauseBody() {
        // The whole body is in memory.
    }

    @Override
    public boolean canResend() {
        return true;
    }

    @Override
    public boolean awaitsClient() {
        return responseBody != null && responseBody.awaitsClient();
    }

    @Override
    public void onInterimResponse(int status, MultiMap headers) {
        runGuarded(() -> listener.onInterimResponse(status, headers));
    }

    @Override
    public void onResponse(UpstreamRequest sent, UpstreamResponse from, long tookNanos) {
        listener.onLatency(tookNanos);
        runGuarded(() -> {
            maxBody = listener.onHeaders(from.status(), from.headers());
            if (maxBody < 0 || isDeclaredTooLarge(from)) {
                handOverTo(from);
            } else {
                from.read(chunk -> append(from, chunk), () -> complete(from));
            }
        });
    }

    @Override
    public void onFailure(UpstreamFailure failure) {
        if (ended) {
            return;
        }
        ended = true;
        if (client == null) {
            listener.onFailure(failure);
        } else if (!client.response().headWritten()) {
            failure.reject(client);
        } else {
            client.abort(Outcome.INCOMPLETE);
        }
    }

    @Override
    public void onClientTimeout() {
        ended = true;
        client.abort(Outcome.ABORTED);
    }

    @Override
    public void onDefect() {
        onFailure(UpstreamFailure.HTTP_PROTOCOL_ERROR);
    }

    private void append(UpstreamResponse from, Buffer chunk) {
        call.timeout().progress(chunk.length());
        body.appendBuffer(chunk);
        if (body.length() > maxBody) {
            runGuarded(() -> handOverTo(from));
        }
    }

    private void complete(UpstreamResponse from) {
        if (!ended) {
            runGuarded(() -> {
                call.complete();
                MultiMap headers = HttpHeaders.headers();
                ProxyHeaders.copyResponse(from.headers(), headers);
                listener.onComplete(new FetchResponse(from.status(), headers, body));
                ended = true;
            });
        }
    }

    private void handOverTo(UpstreamResponse from) {
        Exchange exchange = listener.handOver();
        if (exchange == null) {
            ended = true;
            call.cancel();
            return;
        }
        if (!call.tryAcquireConnection(ProxiedExchange.clientOf(exchange))) {
            ended = true;
            call.cancel();
            UpstreamFailure.HTTP_REQUEST_DENIED.reject(exchange);
            return;
        }
        client = exchange;
        HttpServerResponse to = exchange.response();
        to.exceptionHandler(failure -> onClientClosed());
        exchange.request().resume();
        responseBody = new ResponseBody(exchange, from, call.timeout());
        responseBody.forward(body, this::onForwarded);
    }

    private void onForwarded() {
        if (!ended) {
            ended = true;
            call.complete();
            client.finish(Outcome.ANSWERED);
        }
    }

    private void onClientClosed() {
        if (!ended) {
            ended = true;
            call.cancel();
            client.finish(Outcome.ABORTED);
        }
    }

    /** An exception, such as for an invalid header, must end the fetch, since requests wait for it. */
    private void runGuarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warnf(e, "the response to %s cannot be used", request.uri());
            call.cancel();
            onFailure(UpstreamFailure.HTTP_PROTOCOL_ERROR);
        }
    }

    private boolean isDeclaredTooLarge(UpstreamResponse from) {
        String length = from.header(HttpHeaders.CONTENT_LENGTH);
        // A longer value exceeds every limit; the decoder has validated that it is a number.
        return hasBody(from) && length != null && (length.length() > 10 || Long.parseLong(length) > maxBody);
    }

    /**
     * Whether a body follows: the {@code Content-Length} of a response to {@code HEAD} and of a {@code 304} is that of
     * a {@code 200} (RFC 9110, 8.6).
     */
    private boolean hasBody(UpstreamResponse from) {
        return !HttpMethod.HEAD.equals(request.method()) && from.status() != 304 && from.status() != 204;
    }
}
