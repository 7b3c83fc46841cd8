package io.heliograph.user.token;

import io.smallrye.config.ConfigMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** How access tokens are signed; the values and their reasons are in application.properties. */
@ConfigMapping(prefix = "heliograph.tokens")
interface SigningConfig {

    String issuer();

    /** The lifetime of an access token. */
    Duration accessTokenLifetime();

    /** A file with a private JWK Set of RSA (RS256) or P-256 (ES256) keys, newest first. All are published, one signs. */
    Optional<Path> signingKeys();

    /** How long a key is published, from its {@code iat}, before it signs. */
    Duration publishAhead();

    /** How often the file is checked for changes. */
    Duration reloadInterval();
}
