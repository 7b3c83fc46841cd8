package io.heliograph.message.event;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How many events one account may publish to the rooms. */
@ConfigMapping(prefix = "heliograph.events")
interface EventConfig {

    /** Events that one account may publish a second, on one replica: enough to show a moving pointer. */
    @WithDefault("50")
    @Min(1)
    int perSecond();

    /** Events that one account may publish at once after a time without any. */
    @WithDefault("200")
    @Min(1)
    int burst();
}
