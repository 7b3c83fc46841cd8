package io.heliograph.user.session;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The publishing of revocations; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.revocations")
interface RevocationConfig {

    /** How long a caller waits for the publish. */
    Duration maxWait();

    /** The timeout of one attempt. */
    Duration timeout();

    /** The wait between the first and the second attempt; it doubles with each further one. */
    Duration retryDelay();

    /** Further attempts after the first one. */
    int retries();

    /** Callers that may have revocations that are not published yet. */
    int maxPending();
}
