package io.heliograph.message.websocket;

import io.heliograph.http.UpgradedRequest;
import io.heliograph.message.overload.Arrival;
import io.heliograph.message.overload.OverloadControl;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.rest.problem.ProblemWriter;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/** The WebSocket endpoint of {@code heliograph.v1}. */
@Singleton
final class ChatWebSocket {

    static final String PROTOCOL = "heliograph.v1";
    private static final String PATH = "/api/ws";

    private final Vertx vertx;
    private final SessionRegistry registry;
    private final SessionFactory sessions;
    private final OverloadControl overload;

    ChatWebSocket(Vertx vertx, SessionRegistry registry, SessionFactory sessions, OverloadControl overload) {
        this.vertx = vertx;
        this.registry = registry;
        this.sessions = sessions;
        this.overload = overload;
    }

    void register(@Observes Router router) {
        router.route(HttpMethod.GET, PATH).handler(this::receive);
    }

    private void receive(RoutingContext context) {
        Optional<ProblemException> refusal = refusal(context.request());
        if (refusal.isPresent()) {
            ProblemWriter.write(context, refusal.get());
        } else {
            // A request that has ended while it waits cannot be upgraded.
            context.request().pause();
            overload.arrive(new Opening(context, vertx.getOrCreateContext()));
        }
    }

    /** A well-formed upgrade that waits for admission. */
    private final class Opening implements Arrival {
        private final RoutingContext routing;
        private final Context context;

        Opening(RoutingContext routing, Context context) {
            this.routing = routing;
            this.context = context;
        }

        @Override
        public Kind kind() {
            return Kind.OPENING;
        }

        @Override
        public void admit() {
            onContext(() -> registry.refusal()
                    .ifPresentOrElse(refusal -> ProblemWriter.write(routing, refusal), () -> open(routing)));
        }

        @Override
        public void reject(Duration retryAfter) {
            onContext(() -> ProblemWriter.write(routing, registry.overloaded(retryAfter)));
        }

        @Override
        public boolean isPresent() {
            return !routing.response().closed();
        }

        private void onContext(Runnable action) {
            if (Vertx.currentContext() == context) {
                action.run();
            } else {
                context.runOnContext(ignored -> action.run());
            }
        }
    }

    private void open(RoutingContext context) {
        HttpServerRequest request = context.request();
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        ProtocolHandlers.add(request.connection());
        request.toWebSocket()
                .onSuccess(socket -> {
                    UpgradedRequest.end(request);
                    sessions.create(request.connection(), socket).open(authorization);
                })
                .onFailure(failure -> {
                    ProtocolHandlers.remove(request.connection());
                    ProblemWriter.write(
                            context,
                            ProblemException.of(
                                    Status.BAD_REQUEST, "invalid_upgrade", "This is no WebSocket handshake."));
                });
    }

    private Optional<ProblemException> refusal(HttpServerRequest request) {
        if (!"websocket".equalsIgnoreCase(request.getHeader(HttpHeaders.UPGRADE))) {
            return Optional.of(
                    ProblemException.of(Status.BAD_REQUEST, "upgrade_required", "This address speaks WebSocket only."));
        }
        String offered = request.getHeader("Sec-WebSocket-Protocol");
        if (offered != null
                && Arrays.stream(offered.split(",", -1)).map(String::trim).noneMatch(PROTOCOL::equals)) {
            return Optional.of(ProblemException.of(
                    Status.BAD_REQUEST, "unsupported_subprotocol", "The protocol here is " + PROTOCOL + "."));
        }
        return Handshake.fault(request).or(registry::refusal);
    }
}
