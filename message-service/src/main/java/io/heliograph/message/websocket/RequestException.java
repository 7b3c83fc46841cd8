package io.heliograph.message.websocket;

/**
 * A frame that is not carried out: a malformed one, which counts as abuse when it is repeated, or a good one that is
 * refused at the moment, which does not. Carries no stack trace: clients choose how often it is thrown.
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

    /** The JSON of the id that the frame carried, or null. */
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
