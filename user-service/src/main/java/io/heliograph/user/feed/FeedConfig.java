package io.heliograph.user.feed;

import io.smallrye.config.ConfigMapping;
import jakarta.validation.constraints.Size;
import java.util.Optional;

/** The access of other services to the changes of profiles. */
@ConfigMapping(prefix = "heliograph.feed")
interface FeedConfig {

    /** The secret that these services send, of at least 32 characters; without one there is no feed. */
    Optional<@Size(min = 32) String> secret();
}
