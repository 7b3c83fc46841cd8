package io.heliograph.message.token;

import io.heliograph.message.token.TokenConfig.IssuerConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * Whose tokens are good, and what must be true of them. {@code location} is that of the keys, or, with
 * {@code discovery}, of the document that tells it.
 */
record Issuer(String id, URI location, boolean discovery, Set<String> audience, Set<String> algorithms, Claims claims) {

    /** All by which a public key verifies. With a shared secret (HS) everyone who verifies could sign. */
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /** All that are configured. Throws {@link IllegalArgumentException} that names the key of what is wrong. */
    static List<Issuer> read(TokenConfig config) {
        List<Issuer> issuers = new ArrayList<>();
        config.jwksUrl().ifPresent(url -> issuers.add(own(config, url)));
        config.issuers().forEach((name, issuer) -> issuers.add(other("heliograph.tokens.issuers." + name, issuer)));
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException(
                    "heliograph.tokens.jwks-url: no issuer of tokens is configured, neither by this nor by"
                            + " heliograph.tokens.issuers");
        }
        return issuers;
    }

    private static Issuer own(TokenConfig config, URI url) {
        return new Issuer(
                config.issuer(),
                checked("heliograph.tokens.jwks-url", url),
                false,
                Set.of(config.audience()),
                Set.of(AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256),
                Claims.OWN);
    }

    private static Issuer other(String key, IssuerConfig config) {
        for (String algorithm : config.algorithms()) {
            if (!ASYMMETRIC.contains(algorithm)) {
                throw new IllegalArgumentException(
                        key + ".algorithms: \"" + algorithm + "\" is none by which a public key verifies");
            }
        }
        URI location = config.jwksUrl()
                .map(url -> checked(key + ".jwks-url", url))
                .orElseGet(() -> checked(
                        key + ".discovery-url",
                        config.discoveryUrl().orElseGet(() -> URI.create(discovery(config.issuer())))));
        return new Issuer(
                config.issuer(),
                location,
                config.jwksUrl().isEmpty(),
                Set.copyOf(config.audience()),
                Set.copyOf(config.algorithms()),
                Claims.of(config));
    }

    private static String discovery(String issuer) {
        return (issuer.endsWith("/") ? issuer.substring(0, issuer.length() - 1) : issuer) + DISCOVERY;
    }

    private static URI checked(String key, URI url) {
        boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!http || url.getHost() == null) {
            throw new IllegalArgumentException(key + ": \"" + url + "\" is not of the form https://host/path");
        }
        return url;
    }
}
