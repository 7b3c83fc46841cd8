package io.heliograph.user.external;

/** The username or address belongs to another account, or a concurrent request has created the account. */
final class NameTakenException extends RuntimeException {

    private final boolean email;

    NameTakenException(boolean email) {
        // Without a stack trace, because it is expected and leads to another attempt.
        super(null, null, false, false);
        this.email = email;
    }

    boolean isEmail() {
        return email;
    }
}
