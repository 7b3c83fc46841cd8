package io.heliograph.message.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long it is known who did what to the memberships, messages and rooms of others. */
@ConfigMapping(prefix = "heliograph.audit")
interface AuditConfig {

    /** How long events are kept. */
    @WithDefault("365D")
    Duration retention();

    /** How often older events are looked for. No caller waits for it. */
    @WithDefault("10M")
    Duration sweepInterval();
}
