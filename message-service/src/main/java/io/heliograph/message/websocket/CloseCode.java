package io.heliograph.message.websocket;

/**
 * The reasons for which the service closes a socket. After 4000 to 4499 the client reconnects, after 4500 to 4999 it
 * does not.
 */
enum CloseCode {
    DRAIN(4000, "drain"),
    TOKEN_EXPIRED(4001, "token expired"),
    TOO_SLOW(4008, "too slow"),
    HEARTBEAT_MISSED(4010, "heartbeat missed"),
    UNAVAILABLE(4013, "unavailable"),
    TOO_MANY_CONNECTIONS(4029, "too many connections"),
    PROTOCOL_ABUSE(4500, "protocol abuse"),
    UNAUTHENTICATED(4501, "unauthenticated"),
    REVOKED(4503, "revoked");

    private final short code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = (short) code;
        this.reason = reason;
    }

    short code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
