package io.heliograph.message.websocket;

/**
 * A frame that is not carried out: a malformed one, which counts as abuse when it is repeated, or a good one that is
 * refused at the moment, which does not. Carries no stack trace: clients choose how often it is thrown.
 */
final class BadRequest extends Exception {

    private final String id;
    private final String code;
    private final boolean malformed;

    private BadRequest(String id, String code, String message, boolean malformed) {
        super(message, null, false, false);
        this.id = id;
        this.code = code;
        this.malformed = malformed;
    }

    static BadRequest malformed(String id, String code, String message) {
        return new BadRequest(id, code, message, true);
    }

    static BadRequest refused(String id, String code, String message) {
        return new BadRequest(id, code, message, false);
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
