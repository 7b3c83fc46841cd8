package io.heliograph.message.message.change;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** How many reactions a message may get. Any number of people may react with the same emoji. */
@ConfigMapping(prefix = "heliograph.reactions")
@StaticInitSafe
interface ReactionConfig {

    /** Different emoji on one message: the list is part of every page and frame that shows it, at some 40 bytes each. */
    @WithDefault("50")
    @Min(1)
    int maxPerMessage();

    /** Different emoji of one user on one message, so that one user does not take all places of the others. */
    @WithDefault("20")
    @Min(1)
    int maxPerPerson();
}
