package io.heliograph.gateway.server;

import io.heliograph.gateway.pipeline.Exchange;
import io.heliograph.gateway.pipeline.FilterChain.ExchangeListener;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Enlarges the flow-control windows of HTTP/2 connections that upload large bodies. A client may have one window in
 * flight, so a window that is smaller than bandwidth times round trip limits the rate. What is in flight may have to be
 * kept in memory, so only streams whose body the service is reading get a large window, and only some at a time.
 */
@Singleton
public final class UploadWindows implements ExchangeListener {

    /** The size of a body from which on its stream gets a large window, in bytes. */
    public static final int LARGE_BODY = 1024 * 1024;

    private final int window;
    private final int maxEnlarged;
    private final Map<HttpConnection, Enlarged> enlarged = new ConcurrentHashMap<>();

    /** The request for which windows were enlarged, and their sizes before. */
    private record Enlarged(HttpServerRequest request, int connectionWindow, int streamWindow) {}

    UploadWindows(ConnectionConfig config) {
        this.window = (int) Math.min(Integer.MAX_VALUE, config.uploadWindow().asLongValue());
        this.maxEnlarged = config.maxUploadWindows();
    }

    /** Enlarges the windows until the end of the exchange, unless there are too many. Called for each further chunk. */
    public void enlarge(HttpServerRequest request) {
        HttpConnection connection = request.connection();
        if (request.version() != HttpVersion.HTTP_2
                || enlarged.size() >= maxEnlarged
                || request.response().closed()) {
            return;
        }
        int connectionWindow = connection.getWindowSize();
        int streamWindow = connection.settings().getInitialWindowSize();
        if (streamWindow < window
                && enlarged.putIfAbsent(connection, new Enlarged(request, connectionWindow, streamWindow)) == null) {
            set(connection, Math.max(connectionWindow, window), window);
        }
    }

    @Override
    public void started(Exchange exchange) {
        // Windows are enlarged once a body turns out large.
    }

    @Override
    public void finished(Exchange exchange, String outcome, int status) {
        if (enlarged.isEmpty()) {
            return;
        }
        HttpConnection connection = exchange.request().connection();
        Enlarged own = enlarged.get(connection);
        if (own != null && own.request() == exchange.request()) {
            enlarged.remove(connection);
            set(connection, own.connectionWindow(), own.streamWindow());
        }
    }

    private static void set(HttpConnection connection, int connectionWindow, int streamWindow) {
        // The settings of a connection that is closed meanwhile fail, which is of no consequence.
        connection.setWindowSize(connectionWindow);
        connection.updateSettings(connection.settings().setInitialWindowSize(streamWindow));
    }
}
