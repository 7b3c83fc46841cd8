package io.heliograph.gateway.upstream;

import io.vertx.core.Future;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/** One process that serves an upstream. */
public final class Instance {

    private static final Logger LOG = Logger.getLogger(Instance.class);

    private final Address address;
    private final RequestOptions target;
    private final HttpClient requests;
    private final HttpClient tunnels;
    private final long restNanos;
    private final AtomicInteger inFlight = new AtomicInteger();
    private volatile boolean resting;
    private volatile long restsUntil;

    Instance(Address address, Connections connections) {
        this.address = address;
        this.target = address.target().setConnectTimeout(connections.maxWaitMillis());
        this.requests = connections.requests();
        this.tunnels = connections.tunnels();
        this.restNanos = connections.restNanos();
    }

    /** A request to this instance, once a connection is free for it. Whoever gets it calls {@link #release}. */
    public Future<HttpClientRequest> request(HttpMethod method, String uri) {
        return open(requests, method, uri);
    }

    /** A request on a connection of its own, fit to become a tunnel. Whoever gets it calls {@link #release}. */
    public Future<HttpClientRequest> upgrade(String uri) {
        return open(tunnels, HttpMethod.GET, uri);
    }

    /** The request is over. */
    public void release() {
        inFlight.decrementAndGet();
    }

    /** It could not be connected to: others are asked first for a while. */
    public void rest() {
        restsUntil = System.nanoTime() + restNanos;
        if (!resting) {
            resting = true;
            LOG.warnf("%s cannot be reached", this);
        }
    }

    Address address() {
        return address;
    }

    int inFlight() {
        return inFlight.get();
    }

    boolean isResting() {
        return resting && restsUntil - System.nanoTime() > 0;
    }

    private Future<HttpClientRequest> open(HttpClient client, HttpMethod method, String uri) {
        inFlight.incrementAndGet();
        return client.request(new RequestOptions(target).setMethod(method).setURI(uri))
                .onComplete(opened -> {
                    if (opened.failed()) {
                        release();
                    } else if (resting) {
                        resting = false;
                        LOG.infof("%s can be reached again", this);
                    }
                });
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
