package io.heliograph.gateway.proxy;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.Problem;
import io.heliograph.gateway.upstream.client.ConnectionPool.PoolExhaustedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Locale;
import javax.net.ssl.SSLException;

/**
 * Why there is no response from an upstream, as an error type of RFC 9209. The same name is used in {@code
 * Proxy-Status}, in the log and as the label of metrics; the set is closed.
 */
public enum UpstreamFailure {
    DNS_ERROR(Problem.UPSTREAM_UNREACHABLE),
    DESTINATION_IP_UNROUTABLE(Problem.UPSTREAM_UNREACHABLE),
    CONNECTION_REFUSED(Problem.UPSTREAM_UNREACHABLE),
    TLS_PROTOCOL_ERROR(Problem.UPSTREAM_UNREACHABLE),
    /** All instances are ejected, and each has its maximum of requests in flight. */
    DESTINATION_UNAVAILABLE(Problem.UPSTREAM_UNAVAILABLE),
    CONNECTION_TIMEOUT(Problem.UPSTREAM_TIMEOUT),
    /** All connections are in use, and the queue is full or the request has waited too long. */
    CONNECTION_LIMIT_REACHED(Problem.OVERLOADED),
    /** The client has used up its quota of connections, and its queue is full. */
    HTTP_REQUEST_DENIED(Problem.TOO_MANY_IN_FLIGHT),
    /** The connection was closed before the response. */
    CONNECTION_TERMINATED(Problem.UPSTREAM_FAILED),
    /** The connection was closed during the response. */
    HTTP_RESPONSE_INCOMPLETE(Problem.UPSTREAM_FAILED),
    HTTP_PROTOCOL_ERROR(Problem.UPSTREAM_FAILED),
    /** The response is larger than the buffer. */
    HTTP_RESPONSE_BODY_SIZE(Problem.UPSTREAM_FAILED),
    HTTP_RESPONSE_TIMEOUT(Problem.UPSTREAM_TIMEOUT),
    /** No data arrived for too long during the response. */
    CONNECTION_READ_TIMEOUT(Problem.UPSTREAM_TIMEOUT);

    /** Where a retry may succeed. */
    enum RetryScope {
        ANYWHERE,
        ELSEWHERE,
        NOWHERE
    }

    private final Problem problem;
    private final String reason;
    private final String proxyStatus;

    UpstreamFailure(Problem problem) {
        this.problem = problem;
        this.reason = name().toLowerCase(Locale.ROOT);
        this.proxyStatus = "heliograph; error=" + reason;
    }

    public Problem problem() {
        return problem;
    }

    /** Rejects an exchange with the problem of this failure. */
    public void reject(Exchange exchange) {
        exchange.setHeader("Proxy-Status", proxyStatus);
        exchange.reject(problem);
    }

    RetryScope retryScope() {
        return switch (this) {
            // The selected instance had the least load, so the others are as busy.
            case CONNECTION_LIMIT_REACHED, HTTP_REQUEST_DENIED -> RetryScope.NOWHERE;
            case HTTP_RESPONSE_TIMEOUT, DESTINATION_UNAVAILABLE -> RetryScope.ELSEWHERE;
            default -> RetryScope.ANYWHERE;
        };
    }

    /** The registered name of the error type. */
    public String reason() {
        return reason;
    }

    /** The reason for a failed connection. Nothing has been sent. */
    static UpstreamFailure ofConnect(Throwable cause) {
        if (cause instanceof PoolExhaustedException) {
            return CONNECTION_LIMIT_REACHED;
        }
        if (cause instanceof io.netty.channel.ConnectTimeoutException) {
            return CONNECTION_TIMEOUT;
        }
        if (cause instanceof UnknownHostException) {
            return DNS_ERROR;
        }
        if (cause instanceof NoRouteToHostException) {
            return DESTINATION_IP_UNROUTABLE;
        }
        if (cause instanceof ConnectException) {
            return CONNECTION_REFUSED;
        }
        return cause instanceof SSLException ? TLS_PROTOCOL_ERROR : CONNECTION_TERMINATED;
    }

    /** The reason for a failure before the response head. */
    static UpstreamFailure ofResponse(Throwable cause) {
        return cause instanceof IOException ? CONNECTION_TERMINATED : HTTP_PROTOCOL_ERROR;
    }
}
