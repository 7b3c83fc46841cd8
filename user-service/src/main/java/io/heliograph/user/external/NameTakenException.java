package io.heliograph.user.external;

/** Somebody has this name or this address, or the same person came by another request at the same moment. */
final class NameTakenException extends RuntimeException {

    private final boolean email;

    NameTakenException(boolean email) {
        // Without a stack trace: expected, and answered by trying again.
        super(null, null, false, false);
        this.email = email;
    }

    boolean isEmail() {
        return email;
    }
}
