package io.heliograph.user.account.bulk;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** How much of the service batches of accounts may take; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.batches")
interface BatchConfig {

    /** Batches at once; the next is put off. */
    int maxConcurrent();

    /** Passwords of one batch that are being hashed or wait for it. */
    int maxConcurrentHashes();

    /** How long passwords of one batch may be hashed; rows whose turn has not come by then are put off. */
    Duration hashingTimeout();
}
