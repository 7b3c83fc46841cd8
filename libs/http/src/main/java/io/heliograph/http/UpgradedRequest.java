package io.heliograph.http;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper;
import io.quarkus.vertx.http.runtime.filters.QuarkusRequestWrapper.QuarkusCookie;
import io.vertx.core.http.HttpServerRequest;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Ends a request that has become a WebSocket, for Quarkus. Its graceful shutdown counts requests until their response
 * ends, which the response of an upgrade never does: each stop would wait for {@code quarkus.shutdown.timeout} and log
 * an error. See docs/adr/0032.
 */
@RegisterForReflection(targets = QuarkusRequestWrapper.class, fields = false, ignoreNested = true)
public final class UpgradedRequest {

    private static final Logger LOG = Logger.getLogger(UpgradedRequest.class);

    /** Quarkus has no public way to it. */
    private static final Optional<Method> DONE = done();

    private UpgradedRequest() {}

    /** The upgrade has succeeded; the request may be wrapped. */
    public static void end(HttpServerRequest request) {
        // Absent if quarkus.shutdown.timeout is not set: then nothing is counted.
        if (DONE.isPresent()
                && request.getCookie(QuarkusRequestWrapper.FAKE_COOKIE_NAME) instanceof QuarkusCookie mark) {
            try {
                DONE.get().invoke(mark.getRequestWrapper());
            } catch (ReflectiveOperationException e) {
                LOG.warn("A WebSocket stays counted as a request: a stop will take all of its timeout", e);
            }
        }
    }

    private static Optional<Method> done() {
        try {
            Method done = QuarkusRequestWrapper.class.getDeclaredMethod("done");
            done.setAccessible(true);
            return Optional.of(done);
        } catch (ReflectiveOperationException e) {
            LOG.warn("WebSockets stay counted as requests: a stop will take all of its timeout", e);
            return Optional.empty();
        }
    }
}
