package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;
import io.heliograph.gateway.upstream.CircuitBreakerState.OpenState;
import io.heliograph.gateway.upstream.HealthProbe.RecoveryProbe;
import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.Connector.ConnectionTarget;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.netty.util.NetUtil;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** One instance of an upstream. */
public final class Instance {

    private static final Logger LOG = Logger.getLogger(Instance.class);

    private final InstanceAddress address;
    private final ConnectionPool requests;
    private final ConnectionPool longPolls;
    private final ConnectionPool tunnels;
    private final int capacityWhenOpen;
    private final InstanceHealth health;
    private final RecoveryProbe recoveryProbe;
    private final LivenessDetector liveness;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean retired;

    Instance(InstanceAddress address, UpstreamFactory factory) {
        this.address = address;
        this.requests = factory.requestPool(address.target());
        this.longPolls = factory.longPollPool(address.target());
        this.tunnels = factory.tunnelPool(address.target());
        this.capacityWhenOpen = factory.maxPerInstance();
        this.health = factory.health(System.nanoTime());
        this.recoveryProbe = factory.recoveryProbe(address.target(), this::awaitsProbe, this::recovered);
        this.liveness = factory.livenessDetector(address.target(), this::onUnresponsive);
    }

    /** Sends a request once a connection is free. {@link #release} must follow in any case. */
    public void request(UpstreamRequest.Listener listener, HttpMethod method, String uri) {
        inFlight.incrementAndGet();
        liveness.requestStarted();
        requests.acquire(listener, method, uri);
    }

    /** Sends a request that the instance may hold back for long. It counts as none that the instance works for. */
    public void longPoll(UpstreamRequest.Listener listener, String uri) {
        longPolls.acquire(listener, HttpMethod.GET, uri);
    }

    /** Sends a request on a new connection, which may be upgraded. {@link #release} must follow in any case. */
    public void upgrade(UpstreamRequest.Listener listener, String uri) {
        inFlight.incrementAndGet();
        liveness.requestStarted();
        tunnels.acquire(listener, HttpMethod.GET, uri);
    }

    /** A request has ended. */
    public void release() {
        inFlight.decrementAndGet();
    }

    /** There was no response, or not all of it. */
    public void onFailure(long nowNanos) {
        if (health.onFailure(nowNanos)) {
            LOG.warnf("%s is ejected: consecutive failures", this);
        }
    }

    /**
     * A client has aborted a request to which this instance has not responded.
     *
     * @param sinceNanos since when the request was waiting for the instance
     * @param usualNanos the usual time to a response
     */
    void onAbandoned(long sinceNanos, long usualNanos, long nowNanos) {
        if (nowNanos - sinceNanos >= usualNanos && liveness.noResponseSince(sinceNanos)) {
            onFailure(nowNanos);
        }
    }

    /** Probes the instance if it has requests and has responded to none for too long. On an event loop. */
    void checkLiveness(long nowNanos) {
        if (!retired && !awaitsProbe()) {
            liveness.probeIfDue(inFlight.get() > 0, nowNanos);
        }
    }

    private void onUnresponsive() {
        if (health.eject(EjectionCause.UNRESPONSIVE, System.nanoTime())) {
            LOG.warnf("%s is ejected: it responds to neither requests nor probes", this);
            recoveryProbe.start();
        }
    }

    InstanceAddress address() {
        return address;
    }

    /** No connection: the instance is ejected at once. */
    public void onConnectFailure(long nowNanos) {
        if (health.eject(EjectionCause.FAILURES, nowNanos)) {
            LOG.warnf("%s is ejected: no connection", this);
        }
    }

    /** Ejects the instance, since it responds with errors where others do not. */
    void eject(long nowNanos) {
        if (health.eject(EjectionCause.ERRORS, nowNanos)) {
            LOG.warnf("%s is ejected: it responds with errors", this);
        }
    }

    /**
     * The instance drains: it has rejected a request without processing it. It gets no requests until a probe succeeds.
     * On an event loop.
     */
    public void onDraining(long nowNanos) {
        if (health.eject(EjectionCause.DRAINING, nowNanos)) {
            LOG.infof("%s is draining", this);
            recoveryProbe.start();
        }
    }

    /** The instance was removed from its upstream. */
    void retire() {
        retired = true;
    }

    boolean isDraining() {
        return health.isDraining();
    }

    private boolean awaitsProbe() {
        return !retired && health.awaitsProbe();
    }

    private void recovered() {
        if (health.recovered(System.nanoTime())) {
            LOG.infof("%s has recovered", this);
        }
    }

    void onResponse(boolean error, long nowNanos) {
        liveness.responseReceived(nowNanos);
        if (health.onResponse(error, nowNanos)) {
            LOG.infof("%s is healthy again", this);
        }
    }

    InstanceHealth health() {
        return health;
    }

    int waiting() {
        return requests.waiting();
    }

    public int inUse() {
        return Math.max(0, inFlight.get() - requests.waiting());
    }

    int idle() {
        return Math.max(0, requests.open() - inUse());
    }

    /** The state of the circuit breaker: {@code closed}, {@code open} or {@code half-open}. */
    public String breakerState(long nowNanos) {
        CircuitBreakerState state = health.state(nowNanos);
        return state instanceof ClosedState ? "closed" : state instanceof OpenState ? "open" : "half-open";
    }

    boolean isAvailable(long nowNanos) {
        CircuitBreakerState state = health.state(nowNanos);
        return state instanceof ClosedState || inFlight.get() < state.maxInFlight();
    }

    /**
     * Whether the instance may get a request although it is ejected, since all are: within its connections, without a
     * queue.
     */
    boolean hasCapacityWhenOpen() {
        return inFlight.get() < capacityWhenOpen;
    }

    /** The load with one more request, comparable among the instances of an upstream. */
    long weight(long nowNanos) {
        return health.weight(inFlight.get() + 1, nowNanos);
    }

    @Override
    public String toString() {
        return address.toString();
    }

    /** The address of one instance. {@code ip} is null unless the host of the URL resolves to several instances. */
    record InstanceAddress(URI url, String ip) {

        ConnectionTarget target() {
            boolean usual = port() == (isSecure() ? 443 : 80);
            return new ConnectionTarget(
                    socketAddress(), isSecure(), usual ? url.getHost() : url.getHost() + ":" + port());
        }

        /**
         * The socket address with the host name, which TLS verifies, even if the address was resolved by the gateway.
         */
        private SocketAddress socketAddress() {
            if (ip == null) {
                return SocketAddress.inetSocketAddress(port(), url.getHost());
            }
            try {
                InetAddress known =
                        InetAddress.getByAddress(url.getHost(), NetUtil.createByteArrayFromIpAddressString(ip));
                return SocketAddress.inetSocketAddress(new InetSocketAddress(known, port()));
            } catch (UnknownHostException e) {
                throw new IllegalArgumentException(ip, e);
            }
        }

        private boolean isSecure() {
            return "https".equals(url.getScheme());
        }

        private int port() {
            return url.getPort() != -1 ? url.getPort() : isSecure() ? 443 : 80;
        }

        @Override
        public String toString() {
            return (ip == null ? url.getHost() : ip) + ":" + port();
        }
    }
}
