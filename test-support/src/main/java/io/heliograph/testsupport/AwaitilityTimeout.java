package io.heliograph.testsupport;

import java.time.Duration;
import org.awaitility.Awaitility;

/** How long tests that name no time wait for what is to happen. A busy machine does everything, but later. */
final class AwaitilityTimeout {

    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    private AwaitilityTimeout() {}

    /** For the tests whose classes come from the same class loader, as those of one configuration of Quarkus do. */
    static void apply() {
        Awaitility.setDefaultTimeout(TIMEOUT);
    }
}
