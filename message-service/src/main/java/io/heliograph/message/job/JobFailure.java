package io.heliograph.message.job;

/** A failure that further attempts would repeat, so that the job fails at once. Its owner sees the message. */
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
