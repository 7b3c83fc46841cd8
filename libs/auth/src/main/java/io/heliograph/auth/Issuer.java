package io.heliograph.auth;

import io.heliograph.auth.TokenConfig.IssuerConfig;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jose4j.jws.AlgorithmIdentifiers;

/**
 * An issuer whose tokens are accepted, and the conditions for them.
 *
 * @param location of the keys, or, with {@code discovery}, of the document with their URL; null for our own issuer if
 *     the keys are in this process
 */
record Issuer(
        String id,
        URI location,
        boolean discovery,
        Set<String> audience,
        Set<String> algorithms,
        ClaimsMapping claims) {

    /** All by which a public key verifies. With a shared secret (HS) everyone who verifies could sign. */
    private static final Set<String> ASYMMETRIC =
            Set.of("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA");

    private static final String DISCOVERY = "/.well-known/openid-configuration";

    /**
     * All configured issuers, at least one. This and the other methods throw {@link IllegalArgumentException} with the
     * key of the invalid setting.
     */
    static List<Issuer> all(TokenConfig config) {
        List<Issuer> issuers = new ArrayList<>(others(config));
        config.jwksUrl().ifPresent(url -> issuers.add(0, own(config, checked("heliograph.tokens.jwks-url", url))));
        if (issuers.isEmpty()) {
            throw new IllegalArgumentException(
                    "heliograph.tokens.jwks-url: no issuer of tokens is configured, neither by this nor by"
                            + " heliograph.tokens.issuers");
        }
        return issuers;
    }

    /** All but our own. */
    static List<Issuer> others(TokenConfig config) {
        return config.issuers().entrySet().stream()
                .map(issuer -> other("heliograph.tokens.issuers." + issuer.getKey(), issuer.getValue()))
                .toList();
    }

    /** Our own, whose keys are not fetched. */
    static Issuer local(TokenConfig config) {
        return own(config, null);
    }

    private static Issuer own(TokenConfig config, URI location) {
        return new Issuer(
                config.issuer(),
                location,
                false,
                Set.of(config.audience()),
                // The type of a key determines the algorithm, so that a token cannot select it.
                Set.of(AlgorithmIdentifiers.RSA_USING_SHA256, AlgorithmIdentifiers.ECDSA_USING_P256_CURVE_AND_SHA256),
                ClaimsMapping.OWN);
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
                ClaimsMapping.of(config));
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
