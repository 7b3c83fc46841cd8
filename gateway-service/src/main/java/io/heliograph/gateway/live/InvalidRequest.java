package io.heliograph.gateway.live;

/** What a watcher sent cannot be carried out. Carries no stack trace: clients choose how often it is thrown. */
final class InvalidRequest extends Exception {

    private static final long serialVersionUID = 1;

    private final String code;

    InvalidRequest(String message) {
        this("invalid_request", message);
    }

    InvalidRequest(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
