package io.heliograph.message.websocket;

/**
 * A request that is rejected: a malformed frame, which counts as abuse if repeated, or a valid frame that is refused in
 * the current state, which does not. Has no stack trace, since clients control how often it is thrown.
 */
final class RequestException extends Exception {

    private final String id;
    private final String code;
    private final boolean malformed;

    private RequestException(String id, String code, String message, boolean malformed) {
        super(message, null, false, false);
        this.id = id;
        this.code = code;
        this.malformed = malformed;
    }

    static RequestException malformed(String id, String code, String message) {
        return new RequestException(id, code, message, true);
    }

    static RequestException refused(String id, String code, String message) {
        return new RequestException(id, code, message, false);
    }

    /** The JSON of the id of the frame, or null. */
    String id() {
        return id;
    }

    String code() {
        return code;
    }

    boolean isMalformed() {
        return malformed;
    }
}
