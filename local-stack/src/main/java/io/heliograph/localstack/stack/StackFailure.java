package io.heliograph.localstack.stack;

/**
 * The stack could not start or continue. The message states, in one line if possible, the problem and its solution.
 */
public final class StackFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public StackFailure(String message) {
        super(message);
    }

    public StackFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
