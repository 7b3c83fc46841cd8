package io.heliograph.user.session;

import io.heliograph.rest.problem.ProblemException;
import jakarta.inject.Singleton;
import jakarta.json.JsonNumber;
import jakarta.ws.rs.core.Response.Status;
import java.time.Duration;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Requires a recent sign-in for actions by which an account could be taken over or lost, so that an unlocked device or
 * a stolen token is not enough without the password. The renewal of a session is not a sign-in.
 */
@Singleton
public class RecentSignIn {

    private final Duration interval;

    RecentSignIn(SessionConfig config) {
        this.interval = config.recentSignIn();
    }

    /** Fails with {@code recent_sign_in_required}. */
    public void require(JsonWebToken caller) {
        if (!isOf(caller)) {
            throw refusal();
        }
    }

    public boolean isOf(JsonWebToken caller) {
        return Instant.now().minus(interval).getEpochSecond() <= signedInAt(caller);
    }

    public static ProblemException refusal() {
        return ProblemException.of(
                Status.FORBIDDEN,
                "recent_sign_in_required",
                "This needs a sign-in of the last minutes: sign in again and use the new token.");
    }

    /** In seconds since 1970: {@code auth_time}, or else the time of issue; a token with neither counts as too old. */
    private static long signedInAt(JsonWebToken caller) {
        Object seconds =
                caller.claim("auth_time").orElseGet(() -> caller.claim("iat").orElse(0L));
        if (seconds instanceof JsonNumber number) {
            return number.longValue();
        }
        return seconds instanceof Number number ? number.longValue() : 0;
    }
}
