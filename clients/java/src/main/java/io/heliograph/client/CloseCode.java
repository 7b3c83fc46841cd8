package io.heliograph.client;

/** The close codes of a connection: docs/protocol.md. After 4000 to 4499 a client reconnects. */
final class CloseCode {

    static final int NORMAL = 1000;
    static final int DRAIN = 4000;
    static final int TOKEN_EXPIRED = 4001;
    static final int HEARTBEAT_MISSED = 4010;
    static final int TOO_MANY_CONNECTIONS = 4029;
    static final int UNAUTHENTICATED = 4501;
    static final int REVOKED = 4503;

    private static final int FIRST_FINAL = 4500;
    private static final int LAST_FINAL = 4999;

    private CloseCode() {}

    /** Whether the client does not reconnect after it. */
    static boolean isFinal(int code) {
        return code >= FIRST_FINAL && code <= LAST_FINAL;
    }

    static String reason(int code) {
        return switch (code) {
            case FIRST_FINAL -> "protocol_abuse";
            case UNAUTHENTICATED -> "unauthenticated";
            case 4502 -> "forbidden";
            case REVOKED -> "revoked";
            default -> "refused";
        };
    }
}
