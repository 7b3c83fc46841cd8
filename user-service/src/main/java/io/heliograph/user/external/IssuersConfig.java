package io.heliograph.user.external;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who else vouches for people here, and how their keys are kept: as the gateway and message-service are told. Public for the
 * validation of settings, which looks into nested ones from a package of its own.
 */
@ConfigMapping(prefix = "heliograph.tokens")
public interface IssuersConfig {

    /** The {@code iss} of our own tokens. */
    String issuer();

    /** How far the clocks of two machines may be apart. */
    Duration leeway();

    /** Others whose tokens are good, by a name of one's choice. */
    Map<String, IssuerConfig> issuers();

    /** How long an issuer may take to send its keys: callers with an unknown key wait for it. */
    @WithDefault("2S")
    Duration fetchTimeout();

    /** How often the keys are asked for unprompted: a withdrawn key is refused after this long at the latest. */
    @WithDefault("5M")
    Duration refreshInterval();

    /** Shortest time between two fetches that unknown keys provoke: strangers must not drive load to an issuer. */
    @WithDefault("1S")
    Duration minimumFetchInterval();

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
