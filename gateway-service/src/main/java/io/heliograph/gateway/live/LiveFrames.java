package io.heliograph.gateway.live;

import io.heliograph.gateway.live.WatchRequest.LiveSubscription;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/** The frames that respond to a watcher; {@code id} is that of the request frame, or null. */
final class LiveFrames {

    private LiveFrames() {}

    static Buffer welcome(Object id) {
        return frame("welcome", id)
                .put("serverTime", Instant.now().toString())
                .put(
                        "limits",
                        new JsonObject()
                                .put("minIntervalMs", LiveSubscription.MIN_INTERVAL)
                                .put("maxIntervalMs", LiveSubscription.MAX_INTERVAL))
                .toBuffer();
    }

    static Buffer subscribed(Object id) {
        return frame("subscribed", id).toBuffer();
    }

    static Buffer pong(Object id) {
        return frame("pong", id).put("serverTime", Instant.now().toString()).toBuffer();
    }

    static Buffer drain(long reconnectAfterMillis) {
        return frame("drain", null)
                .put("reconnectAfterMs", reconnectAfterMillis)
                .toBuffer();
    }

    static Buffer error(Object id, String code, String message) {
        return frame("error", id).put("code", code).put("message", message).toBuffer();
    }

    private static JsonObject frame(String type, Object id) {
        JsonObject frame = new JsonObject().put("type", type);
        return id instanceof String || id instanceof Number ? frame.put("id", id) : frame;
    }

    /** The close codes of the stream. After 4000 to 4499 the client reconnects, after 4500 to 4999 it does not. */
    enum LiveCloseCode {
        DRAIN(4000),
        TOKEN_EXPIRED(4001),
        TOO_SLOW(4008),
        HEARTBEAT_MISSED(4010),
        UNAVAILABLE(4013),
        TOO_MANY_CONNECTIONS(4029),
        PROTOCOL_ABUSE(4500),
        UNAUTHENTICATED(4501),
        FORBIDDEN(4502),
        REVOKED(4503);

        private final short code;

        LiveCloseCode(int code) {
            this.code = (short) code;
        }

        short code() {
            return code;
        }

        /** The code of the error frame at the end of an event stream. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        String reason() {
            return label().replace('_', ' ');
        }
    }
}
