package io.heliograph.gateway.pipeline;

import io.heliograph.auth.Caller;
import io.heliograph.gateway.compression.ResponseEncoding;
import io.heliograph.gateway.compression.ReusableBody;
import io.heliograph.gateway.pipeline.FilterChain.Outcome;
import io.heliograph.gateway.pipeline.ResponseMetadata.HeaderMutations;
import io.heliograph.gateway.pipeline.ResponseMetadata.SecurityHeaders;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One request on its way through the {@linkplain FilterChain filters}, and its response. Used on its own event loop
 * only; it is finished exactly once.
 */
public final class Exchange {

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    private final HttpServerRequest request;
    private final FilterChain chain;
    private final String path;
    private final ResponseMetadata metadata;
    private final ClientInfo clientInfo;
    private final HeaderMutations mutations = new HeaderMutations();
    private final ResponseEncoding encoding;
    private int next;
    private Route route;
    private Caller caller;
    private Problem pendingRejection;
    private boolean finished;

    /** The body of the request is paused until a filter resumes it. */
    public Exchange(HttpServerRequest request, FilterChain chain) {
        this.request = request;
        this.chain = chain;
        this.metadata = new ResponseMetadata(request);
        this.path = RequestPath.of(request.uri());
        this.clientInfo = new ClientInfo(request);
        this.encoding = new ResponseEncoding(request, chain.compression());
        request.pause();
        chain.started(this);
    }

    /** Passes the exchange to the next filter. If that throws, the exchange fails. */
    public void proceed() {
        try {
            chain.filters().get(next++).filter(this);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** Fails the exchange because of a defect, which is logged: {@code 500}, or an abort if the response has begun. */
    public void fail(RuntimeException defect) {
        MDC.put("requestId", requestId());
        LOG.errorf(defect, "%s %s", method(), path);
        MDC.remove("requestId");
        failWithoutLog();
    }

    /** As {@link #fail}, if the defect has been logged already. */
    public void failWithoutLog() {
        if (finished) {
            return;
        }
        if (response().headWritten()) {
            abort(Outcome.INCOMPLETE);
        } else {
            reject(Problem.INTERNAL_ERROR);
        }
    }

    public HttpServerRequest request() {
        return request;
    }

    public HttpServerResponse response() {
        return request.response();
    }

    public HttpMethod method() {
        return request.method();
    }

    /** The path as it was sent, without the query. */
    public String path() {
        return path;
    }

    public String requestId() {
        return metadata.requestId();
    }

    /** Null until the routing filter. */
    public Route route() {
        return route;
    }

    public void route(Route route) {
        this.route = route;
        if (!route.isCompressed()) {
            encoding.disable();
        }
    }

    /** Compresses the response. */
    public ResponseEncoding encoding() {
        return encoding;
    }

    /** The address of the client: that of the connection until a filter sets another. */
    public String client() {
        return clientInfo.client();
    }

    public void client(String address) {
        clientInfo.client(address);
    }

    /** What counts as one client: the address, of IPv6 its first 64 bits; {@code unknown} if the address is invalid. */
    public String network() {
        return clientInfo.network();
    }

    /** The scheme that the client used: that of the connection until a filter sets another. */
    public String scheme() {
        return clientInfo.scheme();
    }

    /** The host that the client used, with the port if it sent one; null if it sent no host, as HTTP/1.0 allows. */
    public String host() {
        return clientInfo.host();
    }

    /** Sets scheme and host that the client used; null for those of the request. */
    public void schemeAndHost(String scheme, String host) {
        clientInfo.schemeAndHost(scheme, host);
    }

    /** The caller of a valid token, set by authentication; null without one. */
    public Caller caller() {
        return caller;
    }

    public void caller(Caller caller) {
        this.caller = caller;
    }

    /** Why authentication failed; null if it did not. Authorization rejects the exchange with it. */
    public Problem pendingRejection() {
        return pendingRejection;
    }

    /** Called by authentication: the exchange is rejected by authorization, after it has been rate limited. */
    public void rejectLater(Problem problem) {
        this.pendingRejection = problem;
    }

    /**
     * Sets a header of the response, whichever class writes it. It replaces headers of the service with this name; null
     * removes them.
     */
    public void setHeader(String name, String value) {
        mutations.set(name, value);
    }

    /** Adds a header to the response, whichever class writes it, beside those of the service with this name. */
    public void addHeader(String name, String value) {
        mutations.add(name, value);
    }

    /** Whether the request is a long poll of the change feed. Its duration is no measure of the service. */
    public boolean isLongPoll() {
        return RequestHead.isLongPoll(request);
    }

    /** The response head of the upstream has arrived, this long after the request was sent. */
    public void upstreamResponded(long nanos) {
        metadata.upstreamResponded(nanos);
        if (!isLongPoll()) {
            chain.metrics().upstreamResponded(route, nanos);
        }
    }

    /** The time since the exchange started. */
    public long elapsedNanos() {
        return metadata.elapsedNanos();
    }

    /** The time to the response head of the upstream; 0 if there is none. */
    public long upstreamNanos() {
        return metadata.upstreamNanos();
    }

    /** Adds the headers of every response, and those that filters have set, to a response that is written now. */
    public void addMetadata(MultiMap headers) {
        metadata.addTo(headers);
        mutations.applyTo(headers);
        SecurityHeaders.addTo(headers);
    }

    /** Responds with {@code 405} and {@code Allow}; the exchange is finished. */
    public void rejectMethod(String allow) {
        setHeader(HttpHeaders.ALLOW.toString(), allow);
        reject(Problem.METHOD_NOT_ALLOWED);
    }

    /** Responds with a body of the gateway's own; the exchange is finished once the body is compressed. */
    public void respond(int status, String type, Buffer body) {
        response().headers().set(HttpHeaders.CONTENT_TYPE, type);
        addMetadata(response().setStatusCode(status).headers());
        encoding.encode(status, body, this::send);
    }

    /** As above, with a body that is sent many times. */
    public void respond(int status, String type, ReusableBody body) {
        response().headers().set(HttpHeaders.CONTENT_TYPE, type);
        addMetadata(response().setStatusCode(status).headers());
        send(encoding.select(status, body));
    }

    /** Responds with {@code 204} and the headers that were {@linkplain #setHeader set}; the exchange is finished. */
    public void respondNoContent() {
        addMetadata(response().setStatusCode(204).headers());
        send(null);
    }

    private void send(Buffer body) {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        LingeringClose.end(request, body, true);
        finish(Outcome.ANSWERED);
    }

    /** Rejects with a problem that is rendered as this page; the exchange is finished. */
    public void rejectWithPage(Problem problem, Buffer page) {
        setHeader(HttpHeaders.CONTENT_TYPE.toString(), "text/html;charset=UTF-8");
        reject(problem, page);
    }

    /** Rejects with a problem document; the exchange is finished. */
    public void reject(Problem problem) {
        reject(problem, problem.body(requestId()));
    }

    /** As {@link #reject(Problem)}, with a detail of this occurrence. */
    public void reject(Problem problem, String detail) {
        reject(problem, problem.body(requestId(), detail));
    }

    /** As {@link #reject(Problem)}, with errors by field. */
    public void reject(Problem problem, Map<String, String> errors) {
        reject(problem, problem.body(requestId(), errors));
    }

    private void reject(Problem problem, Buffer body) {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        response().headers().clear();
        problem.describe(response().headers());
        addMetadata(response().setStatusCode(problem.status()).headers());
        LingeringClose.end(request, body, problem != Problem.REQUEST_TIMEOUT);
        end(problem.code(), problem.status());
    }

    /** Aborts a response whose head has been written: the client must not take what it has for the whole response. */
    public void abort(Outcome outcome) {
        response().reset();
        finish(outcome);
    }

    /** The response has been written, or the client has disconnected. */
    public void finish(Outcome outcome) {
        end(outcome.label(), outcome == Outcome.UPGRADED ? 101 : response().getStatusCode());
    }

    private void end(String outcome, int status) {
        if (!finished) {
            finished = true;
            encoding.close();
            chain.finished(this, outcome, status);
        }
    }
}
