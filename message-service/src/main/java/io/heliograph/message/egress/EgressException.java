package io.heliograph.message.egress;

import java.io.Serial;

/**
 * A request to an address that a user chose is not allowed, or has failed. The message does not contain the address.
 */
public final class EgressException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** The reason of the failure. */
    public enum Reason {
        /** The text is not an address of the web. */
        NOT_AN_ADDRESS,
        /** Requests to the address are not allowed. */
        REFUSED,
        /** The host is unknown or cannot be connected to. */
        UNREACHABLE
    }

    public EgressException(Reason reason, String message) {
        // Without a stack trace, because users can cause this exception as often as they like.
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
