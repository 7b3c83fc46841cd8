package io.heliograph.user.session;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The publishing of revocations; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.revocations")
interface RevocationConfig {

    /** How long a caller waits for it. */
    Duration maxWait();

    /** Of one attempt. */
    Duration timeout();

    /** From the first attempt to the second; doubled from then on. */
    Duration retryDelay();

    /** After the first attempt. */
    int retries();

    /** How many callers may have revocations that are not published yet. */
    int maxPending();
}
