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

    /** How long the passwords of one batch may take to be hashed; later rows are rejected and can be sent again. */
    Duration hashingTimeout();
}
