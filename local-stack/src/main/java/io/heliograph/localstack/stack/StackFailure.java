package io.heliograph.localstack.stack;

/**
 * The stack could not start or go on. The message is for a person, in one line where one will do: what is wrong
 * and what to do about it.
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
