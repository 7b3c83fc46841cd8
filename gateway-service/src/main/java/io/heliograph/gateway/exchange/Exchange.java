package io.heliograph.gateway.exchange;

import io.heliograph.gateway.problem.Problem;
import io.heliograph.gateway.routing.RequestPath;
import io.heliograph.gateway.routing.Route;
import io.heliograph.gateway.token.Caller;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jboss.logging.MDC;

/**
 * One request on its way through the {@linkplain FilterChain filters}, and its response. Used on its own event loop
 * only; it is finished exactly once.
 */
public final class Exchange {

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    /** Bodies of refused requests up to this are read and dropped, which is cheaper than a new connection. */
    private static final long SMALL_BODY = 64 * 1024;

    private final HttpServerRequest request;
    private final FilterChain chain;
    private final String path;
    private final ResponseMetadata metadata;
    private final ClientInfo clientInfo;
    private final HeaderMutations mutations = new HeaderMutations();
    private int next;
    private Route route;
    private Caller caller;
    private Problem pendingRejection;
    private boolean finished;

    /** The body of the request stays unread until a step resumes it. */
    public Exchange(HttpServerRequest request, FilterChain chain) {
        this.request = request;
        this.chain = chain;
        this.metadata = new ResponseMetadata(request);
        this.path = RequestPath.of(request.uri());
        this.clientInfo = new ClientInfo(request);
        request.pause();
        chain.started(this);
    }

    /** On to the next step. Whatever that one runs into, the exchange gets an end. */
    public void proceed() {
        try {
            chain.filters().get(next++).filter(this);
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** A defect: it is logged, and the client gets an end. */
    public void fail(RuntimeException defect) {
        MDC.put("requestId", requestId());
        LOG.errorf(defect, "%s %s", method(), path);
        MDC.remove("requestId");
        failWithoutLog();
    }

    /** The same, where the log has it already. */
    public void failWithoutLog() {
        if (finished) {
            return;
        }
        if (response().headWritten()) {
            abort(Outcome.BROKEN);
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

    /** As it was sent, without the query. */
    public String path() {
        return path;
    }

    public String requestId() {
        return metadata.requestId();
    }

    /** Null until the routing step. */
    public Route route() {
        return route;
    }

    public void route(Route route) {
        this.route = route;
    }

    /** The address of the client: the peer's, until a step knows better. */
    public String client() {
        return clientInfo.client();
    }

    public void client(String address) {
        clientInfo.client(address);
    }

    /** What counts as one client: its address, of IPv6 the first half; {@code unknown} for what is no address. */
    public String network() {
        return clientInfo.network();
    }

    /** Of the address that the client used: that of this connection, until a step knows better. */
    public String scheme() {
        return clientInfo.scheme();
    }

    /** With a port where the client gave one; null where it gave no host, as HTTP/1.0 allows. */
    public String host() {
        return clientInfo.host();
    }

    /** Where the client sent this; null for what is not known better than by the request. */
    public void schemeAndHost(String scheme, String host) {
        clientInfo.schemeAndHost(scheme, host);
    }

    /** Whom a good token speaks for; null before it has been looked at, and where there is none. */
    public Caller caller() {
        return caller;
    }

    public void caller(Caller caller) {
        this.caller = caller;
    }

    /** Why this exchange is to be refused for lack of a good token; null if it is not. */
    public Problem pendingRejection() {
        return pendingRejection;
    }

    /** Refused it will be, once it has been counted. */
    public void rejectLater(Problem problem) {
        this.pendingRejection = problem;
    }

    /**
     * Adds a header to the answer, whoever gives it; of a service's own header of this name nothing is left, even if
     * there is no value (null) to take its place.
     */
    public void setHeader(String name, String value) {
        mutations.set(name, value);
    }

    /** Adds a header to the answer, whoever gives it, beside a service's own of this name. */
    public void addHeader(String name, String value) {
        mutations.add(name, value);
    }

    /** The head of the service's answer is here, so long after the request was handed to it. */
    public void upstreamResponded(long nanos) {
        metadata.upstreamResponded(nanos);
        chain.metrics().upstreamResponded(route, nanos);
    }

    /** How long the gateway has had it. */
    public long elapsedNanos() {
        return metadata.elapsedNanos();
    }

    /** How long the service took to the head of its answer; 0 if it has not been asked, or has not answered. */
    public long upstreamNanos() {
        return metadata.upstreamNanos();
    }

    /** Adds what every answer carries to the headers of an answer whose head goes out now. */
    public void addMetadata(MultiMap headers) {
        metadata.addTo(headers);
        mutations.applyTo(headers);
        SecurityHeaders.addTo(headers);
    }

    /** Answers with {@code 405}, naming the methods that are served here. */
    public void rejectMethod(String allow) {
        setHeader(HttpHeaders.ALLOW.toString(), allow);
        reject(Problem.METHOD_NOT_ALLOWED);
    }

    /** Answers with a body of the gateway's own, in bytes of this type; the exchange is finished. */
    public void respond(int status, String type, Buffer body) {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        response().headers().set(HttpHeaders.CONTENT_TYPE, type);
        send(status, body, true);
        finish(Outcome.ANSWERED);
    }

    /** Answers with {@code 204} and the headers that were {@linkplain #setHeader added}; the exchange is finished. */
    public void respondNoContent() {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        send(204, null, true);
        finish(Outcome.ANSWERED);
    }

    /** Answers with a problem, told to a person by this page; the exchange is finished. */
    public void rejectWithPage(Problem problem, Buffer page) {
        setHeader(HttpHeaders.CONTENT_TYPE.toString(), "text/html;charset=UTF-8");
        reject(problem, page);
    }

    /** Answers with a problem of the gateway's own; the exchange is finished. */
    public void reject(Problem problem) {
        reject(problem, problem.body(requestId()));
    }

    /** As {@link #reject(Problem)}, with words for this occurrence. */
    public void reject(Problem problem, String detail) {
        reject(problem, problem.body(requestId(), detail));
    }

    /** As {@link #reject(Problem)}, with what is wrong by field. */
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
        send(problem.status(), body, problem != Problem.REQUEST_TIMEOUT);
        end(problem.code(), problem.status());
    }

    private void send(int status, Buffer body, boolean mayKeep) {
        HttpServerResponse response = response().setStatusCode(status);
        addMetadata(response.headers());
        long length = BodyLength.of(request);
        // A body that was only announced may never come; what came instead would be taken for it.
        boolean comes = length >= 0 && !request.headers().contains(HttpHeaders.EXPECT);
        boolean keep = request.isEnded() || (mayKeep && comes && length <= SMALL_BODY);
        if (!keep && request.version() != HttpVersion.HTTP_2) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        if (body == null || HttpMethod.HEAD.equals(method())) {
            response.end();
        } else {
            response.end(body);
        }
        if (!keep) {
            LingeringClose.start(request);
        } else if (!request.isEnded()) {
            request.resume();
        }
    }

    /** Ends an answer whose head has gone out: the client must not take what it has for the whole. */
    public void abort(Outcome outcome) {
        response().reset();
        finish(outcome);
    }

    /** The answer has gone out, or nobody is there to take it. */
    public void finish(Outcome outcome) {
        end(outcome.label(), outcome == Outcome.TUNNELLED ? 101 : response().getStatusCode());
    }

    private void end(String outcome, int status) {
        if (!finished) {
            finished = true;
            chain.finished(this, outcome, status);
        }
    }
}
