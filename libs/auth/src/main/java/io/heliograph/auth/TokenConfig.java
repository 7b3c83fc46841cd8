package io.heliograph.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The issuers whose access tokens are accepted, and how their keys are cached. */
@ConfigMapping(prefix = "heliograph.tokens")
public interface TokenConfig {

    /** Where user-service publishes its public keys; empty if its tokens are not accepted. */
    Optional<URI> jwksUrl();

    /** The {@code iss} of user-service. */
    @WithDefault("heliograph")
    String issuer();

    /** The {@code aud} that must be among those of its tokens. */
    @WithDefault("heliograph")
    String audience();

    /** Other issuers whose tokens are accepted, by a name of the operator's choice. */
    Map<String, IssuerConfig> issuers();

    /**
     * How far the clock of an issuer may differ. A minute is what unsynchronised machines commonly reach; 5 minutes at
     * most.
     */
    @WithDefault("1M")
    Duration clockSkew();

    /** How long an issuer may take to send its keys: callers with an unknown key wait for it. */
    @WithDefault("2S")
    Duration fetchTimeout();

    /**
     * How often the keys are fetched without a request for an unknown one: the longest time for which a withdrawn key
     * is still accepted.
     */
    @WithDefault("5M")
    Duration refreshInterval();

    /** The shortest time between two fetches for unknown keys, so that invalid tokens cannot cause load at an issuer. */
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

        /** The exact {@code iss} of its tokens. */
        String issuer();

        /** Where it publishes its keys; found by discovery if not given. */
        Optional<URI> jwksUrl();

        /** The address of its metadata; {@code iss} and {@code /.well-known/openid-configuration} if not given. */
        Optional<URI> discoveryUrl();

        /**
         * One of these must be among the {@code aud} of its tokens, because most tokens of the issuer are meant for
         * other services.
         */
        List<String> audience();

        /** The algorithms with which its tokens may be signed; only asymmetric ones are allowed. */
        @WithDefault("RS256,ES256")
        List<String> algorithms();

        /** The claim that identifies a user permanently. */
        @WithDefault("sub")
        String userClaim();

        @WithDefault("preferred_username")
        String usernameClaim();

        /**
         * The claim with the roles: a list, or a text separated by spaces; {@code realm_access/roles} is a nested
         * claim.
         */
        @WithDefault("groups")
        String rolesClaim();

        /** The roles of the issuer that are accepted. By default an issuer cannot make users administrators. */
        @WithDefault("user")
        List<String> roles();
    }
}
