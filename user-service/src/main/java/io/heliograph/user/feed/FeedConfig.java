package io.heliograph.user.feed;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** The access of other services to the changes of profiles. */
@ConfigMapping(prefix = "heliograph.feed")
interface FeedConfig {

    /** The secret that these services send; without one there is no feed. Too long to be guessed. */
    Optional<@Size(min = 32) String> secret();
}
