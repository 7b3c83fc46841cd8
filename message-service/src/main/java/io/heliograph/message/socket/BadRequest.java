package io.heliograph.message.socket;

/** A frame that is none of ours. Carries no stack trace: strangers choose how often it is thrown. */
final class BadRequest extends Exception {

    private final String id;
    private final String code;

    BadRequest(String id, String code, String message) {
        super(message, null, false, false);
        this.id = id;
        this.code = code;
    }

    /** The JSON of the id that the frame carried, or null. */
    String id() {
        return id;
    }

    String code() {
        return code;
    }
}
