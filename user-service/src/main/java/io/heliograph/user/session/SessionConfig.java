package io.heliograph.user.session;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The lifetime and the number of sessions; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.sessions")
interface SessionConfig {

    /** How long a refresh token may be unused before its session ends. */
    Duration refreshTokenLifetime();

    /**
     * How long after its use a refresh token returns the same tokens if it is sent again; later its session ends. Zero
     * ends the session at once.
     */
    Duration reuseInterval();

    /** How long after a sign-in its session may change the address and the password, and delete the account. */
    Duration recentSignIn();

    /** Sessions of one account; a further sign-in ends the oldest. */
    int perAccount();
}
