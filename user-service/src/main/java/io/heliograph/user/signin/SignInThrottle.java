package io.heliograph.user.signin;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * Checks passwords and limits the failed attempts. An attempt past the limit is refused without hashing. An attempt that
 * began before the limit was reached does not learn whether the password was right, so that parallel guesses gain nothing
 * over sequential ones.
 */
@Singleton
class SignInThrottle {

    private final SignInRepository store;
    private final PasswordHasher passwords;

    SignInThrottle(SignInRepository store, PasswordHasher passwords) {
        this.store = store;
        this.passwords = passwords;
    }

    /**
     * Whether this is the password of the account. Fails with {@code too_many_sign_ins}, or {@code too_many_at_once}
     * beyond this share.
     */
    Uni<Boolean> accepts(SignInAttempt attempt, HashQuota share, String password) {
        if (attempt.delay().isPresent()) {
            return Uni.createFrom().failure(refusal(attempt.delay().get()));
        }
        return passwords.matches(share, password, attempt.hash()).call(matches -> store.settle(
                        attempt.failures(), matches)
                .invoke(delay -> delay.ifPresent(SignInThrottle::refuse)));
    }

    private static void refuse(Duration delay) {
        throw refusal(delay);
    }

    static ProblemException refusal(Duration delay) {
        return ProblemException.tooManyRequests(
                "too_many_sign_ins", "Too many sign-ins failed; wait for a while.", delay);
    }
}
