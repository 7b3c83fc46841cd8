package io.heliograph.message.websocket;

import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks the opening handshake of a client (RFC 6455, 4.2.1). */
final class Handshake {

    private static final String VERSION = "13";
    /** 16 bytes in base64. */
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

    private static final Pattern UPGRADE = Pattern.compile("(?i)(.*,)?\\s*upgrade\\s*(,.*)?");

    private Handshake() {}

    /** The reason why this upgrade is rejected. */
    static Optional<ProblemException> fault(HttpServerRequest request) {
        List<String> versions = request.headers().getAll("Sec-WebSocket-Version");
        if (!versions.equals(List.of(VERSION))) {
            return Optional.of(ProblemException.upgradeRequired(
                    "unsupported_websocket_version",
                    "The version of WebSocket here is " + VERSION + ".",
                    "websocket",
                    "Sec-WebSocket-Version",
                    VERSION));
        }
        List<String> keys = request.headers().getAll("Sec-WebSocket-Key");
        if (keys.size() != 1 || !KEY.matcher(keys.get(0)).matches()) {
            return invalid("Sec-WebSocket-Key must be 16 bytes in base64.");
        }
        if (request.version() != HttpVersion.HTTP_1_1
                || request.headers().getAll(HttpHeaders.CONNECTION).stream()
                        .noneMatch(value -> UPGRADE.matcher(value).matches())) {
            return invalid("The request must be of HTTP/1.1 and say Connection: Upgrade.");
        }
        return Optional.empty();
    }

    private static Optional<ProblemException> invalid(String detail) {
        return Optional.of(ProblemException.of(Status.BAD_REQUEST, "invalid_upgrade", detail));
    }
}
