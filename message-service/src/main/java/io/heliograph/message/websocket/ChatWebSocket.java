package io.heliograph.message.websocket;

import io.heliograph.http.UpgradedRequest;
import io.heliograph.message.delivery.LiveDelivery;
import io.heliograph.message.identity.CallerResolver;
import io.heliograph.message.limit.RateLimit;
import io.heliograph.message.profile.UserProfiles;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.rest.problem.ProblemWriter;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;

/** The WebSocket endpoint of {@code heliograph.v1}. */
@Singleton
final class ChatWebSocket {

    static final String PROTOCOL = "heliograph.v1";
    private static final String PATH = "/api/ws";

    private final Vertx vertx;
    private final SessionRegistry registry;
    private final LiveDelivery delivery;
    private final ClientRequestHandlerFactory handlers;
    private final CallerResolver callers;
    private final UserProfiles profiles;
    private final RateLimit sendLimit;
    private final SocketConfig config;

    ChatWebSocket(
            Vertx vertx,
            SessionRegistry registry,
            LiveDelivery delivery,
            ClientRequestHandlerFactory handlers,
            CallerResolver callers,
            UserProfiles profiles,
            RateLimit sendLimit,
            SocketConfig config) {
        this.vertx = vertx;
        this.registry = registry;
        this.delivery = delivery;
        this.handlers = handlers;
        this.callers = callers;
        this.profiles = profiles;
        this.sendLimit = sendLimit;
        this.config = config;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.GET, PATH).handler(this::open);
    }

    private void open(RoutingContext context) {
        HttpServerRequest request = context.request();
        ProblemException refusal = refusal(request);
        if (refusal != null) {
            ProblemWriter.write(context, refusal);
            return;
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        ProtocolHandlers.add(request.connection());
        request.toWebSocket()
                .onSuccess(socket -> {
                    UpgradedRequest.end(request);
                    session(request.connection(), socket).open(authorization);
                })
                .onFailure(failure -> {
                    ProtocolHandlers.remove(request.connection());
                    ProblemWriter.write(
                            context,
                            ProblemException.of(
                                    Status.BAD_REQUEST, "invalid_upgrade", "This is no WebSocket handshake."));
                });
    }

    private Session session(HttpConnection connection, ServerWebSocket socket) {
        return new Session(
                vertx, connection, socket, registry, delivery, handlers, callers, profiles, sendLimit, config);
    }

    private ProblemException refusal(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            return ProblemException.of(Status.BAD_REQUEST, "upgrade_required", "This address speaks WebSocket only.");
        }
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        if (offered != null
                && Arrays.stream(offered.split(",", -1)).map(String::trim).noneMatch(PROTOCOL::equals)) {
            return ProblemException.of(
                    Status.BAD_REQUEST, "unsupported_subprotocol", "The protocol here is " + PROTOCOL + ".");
        }
        return registry.admit().or(() -> Handshake.fault(request)).orElse(null);
    }
}
