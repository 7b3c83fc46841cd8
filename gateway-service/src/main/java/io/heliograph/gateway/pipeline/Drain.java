package io.heliograph.gateway.pipeline;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Whether this gateway is going away: then it serves on, and asks each client to come back on another connection. */
@Singleton
public final class Drain {

    /** No request takes longer than this by default; a connection still in use then is closed. */
    private static final long PARTING_MILLIS = 60_000;

    private volatile boolean underWay;

    public boolean isUnderWay() {
        return underWay;
    }

    /** Asks the client of this request to leave, once what it has under way is done. HTTP/1 says it in the answer. */
    public void part(HttpServerRequest request) {
        if (underWay && request.version() == HttpVersion.HTTP_2) {
            request.connection().shutdown(PARTING_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void begin(@Observes ShutdownDelayInitiatedEvent event) {
        underWay = true;
    }

    /** Without a delay this is the first we hear of it. */
    void end(@Observes ShutdownEvent event) {
        underWay = true;
    }
}
