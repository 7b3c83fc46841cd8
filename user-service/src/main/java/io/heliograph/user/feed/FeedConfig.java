package io.heliograph.user.feed;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** Who may follow the changes of profiles. */
@ConfigMapping(prefix = "heliograph.feed")
interface FeedConfig {

    /** What the services that follow show; without one there is no feed. Too long to be guessed. */
    Optional<@Size(min = 32) String> secret();
}
