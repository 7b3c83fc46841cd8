package io.heliograph.auth.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service learns which tokens were revoked. */
@ConfigMapping(prefix = "heliograph.revocations")
public interface RevocationConfig {

    /**
     * How often Redis is asked what is new, and looked for when it is away: the longest that a revocation whose publish
     * was lost stays unknown. One command that mostly answers nothing.
     */
    @WithDefault("2S")
    Duration readInterval();

    /** How long Redis may take for one command. */
    @WithDefault("1S")
    Duration timeout();

    /** What each reading asks for again, since the clock of Redis, which dates what is new, may be set back. */
    @WithDefault("10S")
    Duration overlap();

    /**
     * How long a revocation is remembered: the life of an access token and the leeway for clocks, after which no token
     * of the past is good anyway. To be raised with {@code heliograph.tokens.access-token-lifetime} of user-service.
     */
    @WithDefault("16M")
    Duration retention();

    /**
     * RevocationSet remembered; past it the oldest, whose tokens expire first, are forgotten. At some 250 bytes each 25 MB
     * at most; enough for a hundred a second.
     */
    @WithDefault("100000")
    int maxKnown();
}
