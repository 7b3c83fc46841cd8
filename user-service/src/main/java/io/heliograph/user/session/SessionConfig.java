package io.heliograph.user.session;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How long sessions last and how many there may be; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.sessions")
interface SessionConfig {

    /** How long a refresh token may lie unused before its session is over. */
    Duration refreshTokenLifetime();

    /**
     * How long after its use a refresh token that is sent again returns the same tokens again; later its session ends.
     * Zero ends it at once.
     */
    Duration reuseInterval();

    /** How long after a sign-in its session may change the address and the password, and delete the account. */
    Duration recentSignIn();

    /** Per account; a sign-in past it ends the oldest. */
    int perAccount();
}
