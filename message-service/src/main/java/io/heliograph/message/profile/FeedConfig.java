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

    /**
     * The secret that user-service requires. Without it names are read only from tokens, and deleted users keep theirs.
     */
    Optional<@Size(min = 32) String> secret();

    /** The interval between polls: one query of user-service, which mostly finds nothing. */
    @WithDefault("2S")
    Duration interval();

    /** Changes per response, at some 200 bytes; after a full response the next is requested at once. */
    @WithDefault("200")
    @Min(1)
    @Max(1000)
    int pageSize();

    /** The longest wait after a failure, up to which it doubles, so that a restarted user-service is found soon. */
    @WithDefault("15S")
    Duration maxDelay();
}
