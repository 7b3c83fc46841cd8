package io.heliograph.user.account;

import io.heliograph.rest.problem.ProblemException;

/**
 * An account with the hash of its password, which is null if it has none and is used for the password check only. The
 * version changes with each change of the password.
 */
public record Credentials(Account account, String passwordHash, int passwordVersion) {

    /** The same for an unknown user and a wrong password. */
    public static ProblemException refusal() {
        return ProblemException.unauthorized("bad_credentials", "There is no account with this login and password.");
    }
}
