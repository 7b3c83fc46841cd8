package io.heliograph.user.audit;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The retention of audit events about actions on the accounts of other users. */
@ConfigMapping(prefix = "heliograph.audit")
interface AuditConfig {

    /** How long events are kept. */
    @WithDefault("365D")
    Duration retention();

    /** How often older events are deleted. No caller waits for it. */
    @WithDefault("10M")
    Duration sweepInterval();
}
