package io.heliograph.auth.revocation;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How a service reads the revocations of tokens. */
@ConfigMapping(prefix = "heliograph.revocations")
public interface RevocationConfig {

    /**
     * How often new revocations are read from Redis, and reconnects are attempted while Redis is unavailable: the
     * longest time for which a revocation whose publish was lost stays unknown. One command, which mostly returns
     * nothing.
     */
    @WithDefault("2S")
    Duration readInterval();

    /** How long Redis may take for one command. */
    @WithDefault("1S")
    Duration timeout();

    /**
     * How far each read reaches back before the previous one, because the clock of Redis, which dates the revocations,
     * may be set back.
     */
    @WithDefault("10S")
    Duration overlap();

    /**
     * How long a revocation is kept: the lifetime of an access token plus the clock skew, after which every token from
     * before it has expired. Raise it together with {@code heliograph.tokens.access-token-lifetime} of user-service.
     */
    @WithDefault("16M")
    Duration retention();

    /**
     * How many revocations are kept; past it the oldest, whose tokens expire first, are dropped. At some 250 bytes each
     * 25 MB at most; enough for a hundred a second.
     */
    @WithDefault("100000")
    int maxKnown();
}
