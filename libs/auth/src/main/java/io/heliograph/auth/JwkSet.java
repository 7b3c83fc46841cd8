package io.heliograph.auth;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.Use;
import org.jose4j.lang.JoseException;

/** Reads a JWK Set and keeps of it what can verify a signature. */
final class JwkSet {

    private JwkSet() {}

    /** {@code algorithm} is the only one the key is for; null if any that it is fit for. */
    record VerificationKey(PublicKey key, String algorithm) {

        boolean isFor(String other) {
            return algorithm == null || algorithm.equals(other);
        }
    }

    static Map<String, VerificationKey> parse(Buffer json) {
        try {
            Map<String, VerificationKey> keys = new HashMap<>();
            for (JsonWebKey jwk : new JsonWebKeySet(json.toString(StandardCharsets.UTF_8)).getJsonWebKeys()) {
                // Symmetric keys are ignored: a published one is not secret.
                if (jwk.getKeyId() != null
                        && jwk instanceof PublicJsonWebKey pair
                        && !Use.ENCRYPTION.equals(jwk.getUse())) {
                    keys.put(jwk.getKeyId(), new VerificationKey(pair.getPublicKey(), jwk.getAlgorithm()));
                }
            }
            return Map.copyOf(keys);
        } catch (JoseException e) {
            throw new IllegalArgumentException("not a JWK Set", e);
        }
    }
}
