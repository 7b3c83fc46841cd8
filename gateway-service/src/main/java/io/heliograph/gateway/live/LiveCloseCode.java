package io.heliograph.gateway.live;

import java.util.Locale;

/** Why we end a stream. After 4000 to 4499 the client comes back, after 4500 to 4999 it does not. */
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

    /** Of the error frame by which an event stream ends. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    String reason() {
        return label().replace('_', ' ');
    }
}
