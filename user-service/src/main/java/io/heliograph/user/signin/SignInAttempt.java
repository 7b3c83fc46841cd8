package io.heliograph.user.signin;

import io.heliograph.user.account.Account;
import io.heliograph.user.account.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * An attempt to sign in to an account.
 *
 * @param found empty if there is no such account
 * @param failures the counters that a failure of this attempt increments
 * @param delay until the next attempt is allowed; empty if it is allowed now
 */
record SignInAttempt(Optional<Credentials> found, List<FailureKey> failures, Optional<Duration> delay) {

    /**
     * The audited text for a login that no account has: not the login itself, which may be a password that was typed
     * too soon.
     */
    static String nobody(String login) {
        try {
            byte[] folded = login.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(folded));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Null if there is no such account. */
    UUID user() {
        return found.map(Credentials::account).map(Account::id).orElse(null);
    }

    /** Null if there is no such account, or it has no password. */
    String hash() {
        return found.map(Credentials::passwordHash).orElse(null);
    }
}
