package io.heliograph.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whose access tokens are good here, and how their keys are kept. */
@ConfigMapping(prefix = "heliograph.tokens")
public interface TokenConfig {

    /** Where user-service publishes its public keys; empty if its tokens are not good here. */
    Optional<URI> jwksUrl();

    /** The {@code iss} of user-service. */
    @WithDefault("heliograph")
    String issuer();

    /** The {@code aud} that must be among those of its tokens. */
    @WithDefault("heliograph")
    String audience();

    /** Others whose tokens are good, by a name of one's choice. */
    Map<String, IssuerConfig> issuers();

    /** How far an issuer's clock may be off: a minute is what unsynchronised machines commonly reach. 5 at most. */
    @WithDefault("1M")
    Duration clockSkew();

    /** How long an issuer may take to send its keys: callers with an unknown key wait for it. */
    @WithDefault("2S")
    Duration fetchTimeout();

    /** How often the keys are asked for unprompted: a withdrawn key is refused after this long at the latest. */
    @WithDefault("5M")
    Duration refreshInterval();

    /** Shortest time between two fetches that unknown keys provoke: strangers must not drive load to an issuer. */
    @WithDefault("1S")
    Duration minimumFetchInterval();

    /**
     * How many verified tokens are remembered, by their digests, so that they are not verified again; the newest half
     * always. Each takes about 600 bytes: 12 MB.
     */
    @WithDefault("20000")
    int cacheSize();

    /** An issuer as OpenID Connect has it. */
    interface IssuerConfig {

        /** Its {@code iss}, letter by letter. */
        String issuer();

        /** Where it publishes its keys; asked for by discovery if not given. */
        Optional<URI> jwksUrl();

        /** Where it describes itself; {@code iss} and {@code /.well-known/openid-configuration} if not given. */
        Optional<URI> discoveryUrl();

        /** One of these must be among the {@code aud} of its tokens: most of what it signs is meant for others. */
        List<String> audience();

        /** With which its tokens may be signed; only those by which a public key verifies can be given. */
        @WithDefault("RS256,ES256")
        List<String> algorithms();

        /** The claim that names the same person for ever. */
        @WithDefault("sub")
        String userClaim();

        @WithDefault("preferred_username")
        String usernameClaim();

        /** A list, or a text parted by spaces; {@code realm_access/roles} is a claim in another. */
        @WithDefault("groups")
        String rolesClaim();

        /** Those of its roles that count here. Who runs it need not be who says who is an administrator here. */
        @WithDefault("user")
        List<String> roles();
    }
}
