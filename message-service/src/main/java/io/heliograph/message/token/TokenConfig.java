package io.heliograph.message.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;

/** Whose access tokens are good here, and how their keys are kept. */
@ConfigMapping(prefix = "heliograph.tokens")
public interface TokenConfig {

    /** Where the issuer publishes its public keys. */
    URI jwksUrl();

    /** The only {@code iss} that is good. */
    @WithDefault("heliograph")
    String issuer();

    /** The {@code aud} that must be among those of the token. */
    @WithDefault("heliograph")
    String audience();

    /** How far the issuer's clock may be off: a minute is what unsynchronised machines commonly reach. */
    @WithDefault("1M")
    Duration clockSkew();

    /** How long the issuer may take to send its keys: callers with an unknown key wait for it. */
    @WithDefault("2S")
    Duration fetchTimeout();

    /** How often the keys are asked for unprompted: a withdrawn key is refused after this long at the latest. */
    @WithDefault("5M")
    Duration refreshInterval();

    /** Shortest time between two fetches that unknown keys provoke: strangers must not drive load to the issuer. */
    @WithDefault("1S")
    Duration minimumFetchInterval();

    /** Verified tokens kept; past it the least used are verified again. At about 1 KB each: 20 MB at most. */
    @WithDefault("20000")
    int cacheSize();

    /** How long a verified token is kept at most, which frees the memory; {@code exp} is checked at each use. */
    @WithDefault("15M")
    Duration cacheLife();
}
