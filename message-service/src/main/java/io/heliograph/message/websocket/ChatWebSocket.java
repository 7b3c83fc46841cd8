package io.heliograph.message.websocket;

import io.heliograph.message.drain.UpgradedRequest;
import io.heliograph.message.problem.ProblemWriter;
import io.heliograph.message.problem.Refusal;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Arrays;

/** The door of {@code heliograph.v1}. */
@Singleton
final class ChatWebSocket {

    static final String PROTOCOL = "heliograph.v1";
    private static final String PATH = "/api/ws";

    private final Vertx vertx;
    private final SessionRegistry sessions;
    private final Backend backend;

    ChatWebSocket(Vertx vertx, SessionRegistry sessions, Backend backend) {
        this.vertx = vertx;
        this.sessions = sessions;
        this.backend = backend;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.GET, PATH).handler(this::open);
    }

    private void open(RoutingContext context) {
        HttpServerRequest request = context.request();
        Refusal refusal = refusal(request);
        if (refusal != null) {
            ProblemWriter.write(context, refusal);
            return;
        }
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        ProtocolHandlers.add(request.connection());
        request.toWebSocket()
                .onSuccess(socket -> {
                    UpgradedRequest.end(request);
                    new Session(vertx, request.connection(), socket, backend, sessions).open(authorization);
                })
                .onFailure(failure -> {
                    ProtocolHandlers.remove(request.connection());
                    ProblemWriter.write(
                            context,
                            Refusal.of(Status.BAD_REQUEST, "invalid_upgrade", "This is no WebSocket handshake."));
                });
    }

    private Refusal refusal(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            return Refusal.of(Status.BAD_REQUEST, "upgrade_required", "This address speaks WebSocket only.");
        }
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        if (offered != null
                && Arrays.stream(offered.split(",", -1)).map(String::trim).noneMatch(PROTOCOL::equals)) {
            return Refusal.of(Status.BAD_REQUEST, "unsupported_subprotocol", "The protocol here is " + PROTOCOL + ".");
        }
        return sessions.admit().or(() -> Handshake.fault(request)).orElse(null);
    }
}
