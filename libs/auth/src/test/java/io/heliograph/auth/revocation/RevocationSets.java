package io.heliograph.auth.revocation;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.UUID;

/** Sets of revocations for tests, without Redis. */
public final class RevocationSets {

    private RevocationSets() {}

    public static RevocationSet empty() {
        RevocationConfig config = new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 100, new DurationConverter())
                .withMapping(RevocationConfig.class)
                .build()
                .getConfigMapping(RevocationConfig.class);
        return new RevocationSet(config, new SimpleMeterRegistry());
    }

    public static void revoke(RevocationSet revocations, UUID user) {
        revocations.add(new Revocation.OfUser(user), System.nanoTime());
    }
}
