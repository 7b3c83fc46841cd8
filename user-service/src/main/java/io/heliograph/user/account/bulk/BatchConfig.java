package io.heliograph.user.account.bulk;

import io.smallrye.config.ConfigMapping;
import java.time.Duration;

/** The limits of batches of accounts; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.batches")
interface BatchConfig {

    /** Concurrent batches; further ones get {@code 503 overloaded}. */
    int maxConcurrent();

    /** Passwords of one batch that are being hashed or wait to be hashed. */
    int maxConcurrentHashes();

    /** How long the passwords of one batch may take to be hashed; later rows are rejected and can be sent again. */
    Duration hashingTimeout();
}
