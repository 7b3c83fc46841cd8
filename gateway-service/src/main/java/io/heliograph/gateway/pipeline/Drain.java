package io.heliograph.gateway.pipeline;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Whether this gateway drains. While it does, it still responds, and makes clients reconnect elsewhere. */
@Singleton
public final class Drain {

    /** The default total timeout of a request; a connection that is still in use then is closed. */
    private static final long GO_AWAY_MILLIS = 60_000;

    private volatile boolean underWay;

    public boolean isUnderWay() {
        return underWay;
    }

    /**
     * While draining, sends {@code GOAWAY} to an HTTP/2 client, which may complete its requests. HTTP/1 responses have
     * {@code Connection: close} instead.
     */
    public void sendGoAway(HttpServerRequest request) {
        if (underWay && request.version() == HttpVersion.HTTP_2) {
            request.connection().shutdown(GO_AWAY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        underWay = true;
    }

    /** Without a shutdown delay there is no earlier event. */
    void end(@Observes ShutdownEvent event) {
        underWay = true;
    }
}
