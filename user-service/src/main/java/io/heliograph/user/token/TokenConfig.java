package io.heliograph.user.token;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What tokens say and how long they say it; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.tokens")
interface TokenConfig {

    String issuer();

    /** How long an access token is good for. */
    Duration accessTokenLifetime();

    /** How far the clocks of two machines may be apart. */
    Duration leeway();

    /** A file with a private JWK Set of P-256 keys, newest first. All are published, one signs. */
    Optional<Path> signingKeys();

    /** How many tokens that were good are remembered. */
    int cacheSize();

    /** How long a key is published, from its {@code iat}, before it signs. */
    Duration publishAhead();

    /** How often the file is looked at. */
    Duration reloadInterval();
}
