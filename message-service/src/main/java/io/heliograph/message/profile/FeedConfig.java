package io.heliograph.message.profile;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Optional;

/** How message-service polls user-service for changes of profiles. */
@ConfigMapping(prefix = "heliograph.feed")
interface FeedConfig {

    /** What user-service wants to be shown. Without it names come from tokens alone, and who is deleted keeps theirs. */
    Optional<@Size(min = 32) String> secret();

    /** How long after an answer it is asked again: one query of user-service, which mostly finds nothing. */
    @WithDefault("2S")
    Duration interval();

    /** Changes in one answer, at some 200 bytes; when it is full the next is asked for at once. */
    @WithDefault("200")
    @Min(1)
    @Max(1000)
    int pageSize();

    /** The wait after a failure doubles up to this, so that a user-service that comes back is found soon. */
    @WithDefault("15S")
    Duration maxDelay();
}
