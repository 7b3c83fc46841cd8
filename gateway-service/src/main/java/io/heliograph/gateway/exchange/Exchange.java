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
 * One request on its way through the {@linkplain Step steps}, and what they found out about it. Used on its own event
 * loop only; it is finished exactly once.
 */
public final class Exchange {

    private static final Logger LOG = Logger.getLogger(Exchange.class);

    /** Bodies of refused requests up to this are read and dropped, which is cheaper than a new connection. */
    private static final long SMALL_BODY = 64 * 1024;

    private final HttpServerRequest request;
    private final Passage passage;
    private final String path;
    private final Stamp stamp;
    private final RequestOrigin origin;
    private final AddedHeaders added = new AddedHeaders();
    private int next;
    private Route route;
    private Caller caller;
    private Problem denial;
    private boolean finished;

    /** The body of the request stays unread until a step resumes it. */
    public Exchange(HttpServerRequest request, Passage passage) {
        this.request = request;
        this.passage = passage;
        this.stamp = new Stamp(request);
        this.path = RequestPath.of(request.uri());
        this.origin = new RequestOrigin(request);
        request.pause();
        passage.began(this);
    }

    /** On to the next step. Whatever that one runs into, the exchange gets an end. */
    public void proceed() {
        try {
            passage.steps().get(next++).take(this);
        } catch (RuntimeException e) {
            crash(e);
        }
    }

    /** A defect: it is logged, and the client gets an end. */
    public void crash(RuntimeException defect) {
        MDC.put("requestId", requestId());
        LOG.errorf(defect, "%s %s", method(), path);
        MDC.remove("requestId");
        crashed();
    }

    /** The same, where the log has it already. */
    public void crashed() {
        if (finished) {
            return;
        }
        if (response().headWritten()) {
            breakOff(Outcome.BROKEN);
        } else {
            refuse(Problem.INTERNAL_ERROR);
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
        return stamp.requestId();
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
        return origin.client();
    }

    public void client(String address) {
        origin.client(address);
    }

    /** What counts as one client: its address, of IPv6 the first half; {@code unknown} for what is no address. */
    public String network() {
        return origin.network();
    }

    /** Of the address that the client used: that of this connection, until a step knows better. */
    public String scheme() {
        return origin.scheme();
    }

    /** With a port where the client gave one; null where it gave no host, as HTTP/1.0 allows. */
    public String host() {
        return origin.host();
    }

    /** Where the client sent this; null for what is not known better than by the request. */
    public void sentTo(String scheme, String host) {
        origin.sentTo(scheme, host);
    }

    /** Whom a good token speaks for; null before it has been looked at, and where there is none. */
    public Caller caller() {
        return caller;
    }

    public void caller(Caller caller) {
        this.caller = caller;
    }

    /** Why this exchange is to be refused for lack of a good token; null if it is not. */
    public Problem denial() {
        return denial;
    }

    /** Refused it will be, once it has been counted. */
    public void deny(Problem problem) {
        this.denial = problem;
    }

    /**
     * Adds a header to the answer, whoever gives it; of a service's own header of this name nothing is left, even if
     * there is no value (null) to take its place.
     */
    public void add(String name, String value) {
        added.replace(name, value);
    }

    /** Adds a header to the answer, whoever gives it, beside a service's own of this name. */
    public void append(String name, String value) {
        added.append(name, value);
    }

    /** The head of the service's answer is here, so long after the request was handed to it. */
    public void upstreamTook(long nanos) {
        stamp.upstreamTook(nanos);
        passage.metrics().upstreamTook(route, nanos);
    }

    /** How long the gateway has had it. */
    public long ageNanos() {
        return stamp.ageNanos();
    }

    /** How long the service took to the head of its answer; 0 if it has not been asked, or has not answered. */
    public long upstreamNanos() {
        return stamp.upstreamNanos();
    }

    /** Adds what every answer carries to the headers of an answer whose head goes out now. */
    public void stamp(MultiMap headers) {
        stamp.put(headers);
        added.put(headers);
        Protection.put(headers);
    }

    /** Answers with {@code 405}, naming the methods that are served here. */
    public void refuseMethod(String allow) {
        add(HttpHeaders.ALLOW.toString(), allow);
        refuse(Problem.METHOD_NOT_ALLOWED);
    }

    /** Answers with a body of the gateway's own, in bytes of this type; the exchange is finished. */
    public void answer(int status, String type, Buffer body) {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        response().headers().set(HttpHeaders.CONTENT_TYPE, type);
        respond(status, body, true);
        finish(Outcome.ANSWERED);
    }

    /** Answers with {@code 204} and the headers that were {@linkplain #add added}; the exchange is finished. */
    public void answerNothing() {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        respond(204, null, true);
        finish(Outcome.ANSWERED);
    }

    /** Answers with a problem, told to a person by this page; the exchange is finished. */
    public void refuseByPage(Problem problem, Buffer page) {
        add(HttpHeaders.CONTENT_TYPE.toString(), "text/html;charset=UTF-8");
        refuse(problem, page);
    }

    /** Answers with a problem of the gateway's own; the exchange is finished. */
    public void refuse(Problem problem) {
        refuse(problem, problem.body(requestId()));
    }

    /** As {@link #refuse(Problem)}, with words for this occurrence. */
    public void refuse(Problem problem, String detail) {
        refuse(problem, problem.body(requestId(), detail));
    }

    /** As {@link #refuse(Problem)}, with what is wrong by field. */
    public void refuse(Problem problem, Map<String, String> errors) {
        refuse(problem, problem.body(requestId(), errors));
    }

    private void refuse(Problem problem, Buffer body) {
        if (response().closed()) {
            finish(Outcome.ABORTED);
            return;
        }
        response().headers().clear();
        problem.describe(response().headers());
        respond(problem.status(), body, problem != Problem.REQUEST_TIMEOUT);
        end(problem.code(), problem.status());
    }

    private void respond(int status, Buffer body, boolean mayKeep) {
        HttpServerResponse response = response().setStatusCode(status);
        stamp(response.headers());
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
            UnreadBody.discard(request);
        } else if (!request.isEnded()) {
            request.resume();
        }
    }

    /** Ends an answer whose head has gone out: the client must not take what it has for the whole. */
    public void breakOff(Outcome outcome) {
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
            passage.ended(this, outcome, status);
        }
    }
}
