package io.heliograph.user.signin;

import io.heliograph.user.problem.Refusal;
import io.heliograph.user.signin.password.HashingShare;
import io.heliograph.user.signin.password.Passwords;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;

/**
 * Checks passwords, so many at most. Who has failed too often is refused without any work; and who began before that
 * was so is not told whether the password was right, so that guessing at once gains nothing over guessing in turn.
 */
@Singleton
class Guard {

    private final SignInRepository store;
    private final Passwords passwords;

    Guard(SignInRepository store, Passwords passwords) {
        this.store = store;
        this.passwords = passwords;
    }

    /**
     * Whether this is the candidate's password. Fails with {@code too_many_sign_ins}, or {@code too_many_at_once} past
     * this share.
     */
    Uni<Boolean> accepts(Candidate candidate, HashingShare share, String password) {
        if (candidate.delay().isPresent()) {
            return Uni.createFrom().failure(refusal(candidate.delay().get()));
        }
        return passwords.matches(share, password, candidate.hash()).call(matches -> store.settle(candidate, matches)
                .invoke(delay -> delay.ifPresent(Guard::refuse)));
    }

    private static void refuse(Duration delay) {
        throw refusal(delay);
    }

    private static Refusal refusal(Duration delay) {
        return Refusal.later(
                Status.TOO_MANY_REQUESTS, "too_many_sign_ins", "Too many sign-ins failed; wait for a while.", delay);
    }
}
