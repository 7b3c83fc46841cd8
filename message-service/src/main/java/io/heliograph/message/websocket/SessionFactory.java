package io.heliograph.message.websocket;

import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.identity.CallerResolver;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.profile.UserProfiles;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.ServerWebSocket;
import jakarta.inject.Singleton;

/** Creates the session of each socket. */
@Singleton
final class SessionFactory {

    private final SessionRegistry registry;
    private final SessionTimeouts timeouts;
    private final LiveDelivery delivery;
    private final ClientRequestHandlerFactory handlers;
    private final CallerResolver callers;
    private final UserProfiles profiles;
    private final RateLimit sendLimit;
    private final SocketConfig config;

    SessionFactory(
            SessionRegistry registry,
            SessionTimeouts timeouts,
            LiveDelivery delivery,
            ClientRequestHandlerFactory handlers,
            CallerResolver callers,
            UserProfiles profiles,
            RateLimit sendLimit,
            SocketConfig config) {
        this.registry = registry;
        this.timeouts = timeouts;
        this.delivery = delivery;
        this.handlers = handlers;
        this.callers = callers;
        this.profiles = profiles;
        this.sendLimit = sendLimit;
        this.config = config;
    }

    Session create(HttpConnection connection, ServerWebSocket socket) {
        return new Session(
                connection, socket, registry, timeouts, delivery, handlers, callers, profiles, sendLimit, config);
    }
}
