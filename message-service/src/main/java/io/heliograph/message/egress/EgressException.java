package io.heliograph.message.egress;

import java.io.Serial;

/** A request to an address that a person chose is not made, or comes to nothing. The message names no address. */
public final class EgressException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** Why. */
    public enum Reason {
        /** The text is no address of the web. */
        NOT_AN_ADDRESS,
        /** The address may not be asked. */
        REFUSED,
        /** The host is unknown or cannot be connected to. */
        UNREACHABLE
    }

    public EgressException(Reason reason, String message) {
        // No stack: whoever chooses addresses causes these.
        super(message, null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
