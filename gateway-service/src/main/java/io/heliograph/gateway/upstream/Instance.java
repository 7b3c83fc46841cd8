package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.CircuitBreakerState.ClosedState;
import io.heliograph.gateway.upstream.CircuitBreakerState.EjectionCause;
import io.heliograph.gateway.upstream.CircuitBreakerState.OpenState;
import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.UpstreamRequest;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** One instance of an upstream. */
public final class Instance {

    private static final Logger LOG = Logger.getLogger(Instance.class);

    private final InstanceAddress address;
    private final ConnectionPool requests;
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
        this.tunnels = factory.tunnelPool(address.target());
        this.capacityWhenOpen = factory.maxPerInstance();
        this.health = factory.health(System.nanoTime());
        this.recoveryProbe = factory.recoveryProbe(address.target(), this::awaitsProbe, this::recovered);
        this.liveness = factory.livenessDetector(address.target(), this::onUnresponsive);
    }

    /** A request to this instance, once a connection is free for it. Whatever comes of it, {@link #release} follows. */
    public void request(UpstreamRequest.Listener listener, HttpMethod method, String uri) {
        inFlight.incrementAndGet();
        liveness.requestStarted();
        requests.acquire(listener, method, uri);
    }

    /** A request on a connection of its own, fit to become a tunnel. Whatever comes of it, {@link #release} follows. */
    public void upgrade(UpstreamRequest.Listener listener, String uri) {
        inFlight.incrementAndGet();
        liveness.requestStarted();
        tunnels.acquire(listener, HttpMethod.GET, uri);
    }

    /** The request is over. */
    public void release() {
        inFlight.decrementAndGet();
    }

    /** It gave no answer, or not all of one. */
    public void onFailure(long nowNanos) {
        if (health.onFailure(nowNanos)) {
            LOG.warnf("%s is ejected: consecutive failures", this);
        }
    }

    /**
     * A client gave up a request that this instance has not answered.
     *
     * @param sinceNanos since when it was the turn of the instance
     * @param usualNanos how long it may take
     */
    void onAbandoned(long sinceNanos, long usualNanos, long nowNanos) {
        if (nowNanos - sinceNanos >= usualNanos && liveness.noResponseSince(sinceNanos)) {
            onFailure(nowNanos);
        }
    }

    /** Probes it if it was sent requests and has answered none for too long. On an event loop. */
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

    /** It could not even be connected to: there is nothing to wait and see. */
    public void onConnectFailure(long nowNanos) {
        if (health.eject(EjectionCause.FAILURES, nowNanos)) {
            LOG.warnf("%s is ejected: no connection", this);
        }
    }

    /** It answers with errors where others do not. */
    void eject(long nowNanos) {
        if (health.eject(EjectionCause.ERRORS, nowNanos)) {
            LOG.warnf("%s is ejected: it responds with errors", this);
        }
    }

    /**
     * It takes no more requests, and said so by the answer to one that it has not begun. It gets none until another
     * process answers at its address. On an event loop.
     */
    public void onDraining(long nowNanos) {
        if (health.eject(EjectionCause.DRAINING, nowNanos)) {
            LOG.infof("%s is draining", this);
            recoveryProbe.start();
        }
    }

    /** It is no instance of its upstream any more. */
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

    /** What its breaker is: {@code closed} while it is well, {@code open}, or {@code half-open}. */
    public String breakerState(long nowNanos) {
        CircuitBreakerState state = health.state(nowNanos);
        return state instanceof ClosedState ? "closed" : state instanceof OpenState ? "open" : "half-open";
    }

    boolean isAvailable(long nowNanos) {
        CircuitBreakerState state = health.state(nowNanos);
        return state instanceof ClosedState || inFlight.get() < state.maxInFlight();
    }

    /** Where all are out, each may still be asked for what its connections carry; but nobody waits for one. */
    boolean hasCapacityWhenOpen() {
        return inFlight.get() < capacityWhenOpen;
    }

    /** How much more one more request would burden it, on one scale with others of its upstream. */
    long weight(long nowNanos) {
        return health.weight(inFlight.get() + 1, nowNanos);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
