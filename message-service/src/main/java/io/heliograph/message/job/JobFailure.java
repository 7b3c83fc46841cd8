package io.heliograph.message.job;

/** The end of a job that no further attempt would bring further. The message is shown to its owner. */
public final class JobFailure extends RuntimeException {

    private final String code;

    /** {@code code} is documented in docs/errors.md. */
    public JobFailure(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
