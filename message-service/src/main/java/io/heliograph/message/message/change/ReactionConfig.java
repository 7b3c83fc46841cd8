package io.heliograph.message.message.change;

import io.quarkus.runtime.annotations.StaticInitSafe;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Min;

/** The limits of reactions to a message. Any number of users may react with the same emoji. */
@ConfigMapping(prefix = "heliograph.reactions")
@StaticInitSafe
interface ReactionConfig {

    /** Different emoji on one message: the list is part of every page and frame that shows it, at some 40 bytes each. */
    @WithDefault("50")
    @Min(1)
    int maxPerMessage();

    /** Different emoji of one user on one message, so that one user does not exhaust the limit of the message. */
    @WithDefault("20")
    @Min(1)
    int maxPerPerson();
}
