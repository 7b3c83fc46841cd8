package io.heliograph.gateway.upstream;

import io.heliograph.gateway.upstream.client.ConnectionPool;
import io.heliograph.gateway.upstream.client.Request;
import io.heliograph.gateway.upstream.State.Cause;
import io.vertx.core.http.HttpMethod;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** One process that serves an upstream. */
public final class Instance {

    private static final Logger LOG = Logger.getLogger(Instance.class);

    private final Address address;
    private final ConnectionPool requests;
    private final ConnectionPool tunnels;
    private final int roomWhenOut;
    private final Health health;
    private final ReturnProbe returnProbe;
    private final Silence silence;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean retired;

    Instance(Address address, Connections connections) {
        this.address = address;
        this.requests = connections.requests(address.target());
        this.tunnels = connections.tunnels(address.target());
        this.roomWhenOut = connections.maxPerInstance();
        this.health = connections.health(System.nanoTime());
        this.returnProbe = connections.returnProbe(address.target(), this::isAwaited, this::returned);
        this.silence = connections.silence(address.target(), this::silent);
    }

    /** A request to this instance, once a connection is free for it. Whatever comes of it, {@link #release} follows. */
    public void request(Request.Listener listener, HttpMethod method, String uri) {
        inFlight.incrementAndGet();
        silence.begin();
        requests.ask(listener, method, uri);
    }

    /** A request on a connection of its own, fit to become a tunnel. Whatever comes of it, {@link #release} follows. */
    public void upgrade(Request.Listener listener, String uri) {
        inFlight.incrementAndGet();
        silence.begin();
        tunnels.ask(listener, HttpMethod.GET, uri);
    }

    /** The request is over. */
    public void release() {
        inFlight.decrementAndGet();
    }

    /** It gave no answer, or not all of one. */
    public void failed(long nowNanos) {
        if (health.failed(nowNanos)) {
            LOG.warnf("%s keeps failing: others are asked for a while", this);
        }
    }

    /**
     * A client gave up a request that this instance has not answered.
     *
     * @param sinceNanos since when it was the turn of the instance
     * @param usualNanos how long it may take
     */
    void abandoned(long sinceNanos, long usualNanos, long nowNanos) {
        if (nowNanos - sinceNanos >= usualNanos && silence.heardNothingSince(sinceNanos)) {
            failed(nowNanos);
        }
    }

    /** Probes it if it was sent requests and has answered none for too long. On an event loop. */
    void watchSilence(long nowNanos) {
        if (!retired && !isAwaited()) {
            silence.probeIfDue(inFlight.get() > 0, nowNanos);
        }
    }

    private void silent() {
        if (health.eject(Cause.SILENT, System.nanoTime())) {
            LOG.warnf("%s answers neither requests nor probes: others are asked until it does", this);
            returnProbe.start();
        }
    }

    Address address() {
        return address;
    }

    /** It could not even be connected to: there is nothing to wait and see. */
    public void unreachable(long nowNanos) {
        if (health.eject(Cause.FAILURES, nowNanos)) {
            LOG.warnf("%s cannot be reached: others are asked for a while", this);
        }
    }

    /** It answers with errors where others do not. */
    void eject(long nowNanos) {
        if (health.eject(Cause.ERRORS, nowNanos)) {
            LOG.warnf("%s answers with errors: others are asked for a while", this);
        }
    }

    /**
     * It takes no more requests, and said so by the answer to one that it has not begun. It gets none until another
     * process answers at its address. On an event loop.
     */
    public void leaves(long nowNanos) {
        if (health.eject(Cause.LEAVING, nowNanos)) {
            LOG.infof("%s is going away: others are asked until it is back", this);
            returnProbe.start();
        }
    }

    /** It is no instance of its upstream any more. */
    void retire() {
        retired = true;
    }

    boolean isLeaving() {
        return health.isLeaving();
    }

    private boolean isAwaited() {
        return !retired && health.isAwaited();
    }

    private void returned() {
        if (health.returned(System.nanoTime())) {
            LOG.infof("%s is back", this);
        }
    }

    void answered(boolean error, long nowNanos) {
        silence.heard(nowNanos);
        if (health.answered(error, nowNanos)) {
            LOG.infof("%s is well again", this);
        }
    }

    Health health() {
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
    public String breaker(long nowNanos) {
        State state = health.state(nowNanos);
        return state instanceof Closed ? "closed" : state instanceof Open ? "open" : "half-open";
    }

    boolean isFit(long nowNanos) {
        State state = health.state(nowNanos);
        return state instanceof Closed || inFlight.get() < state.room();
    }

    /** Where all are out, each may still be asked for what its connections carry; but nobody waits for one. */
    boolean hasRoomWhenOut() {
        return inFlight.get() < roomWhenOut;
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
