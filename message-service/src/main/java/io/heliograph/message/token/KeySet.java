package io.heliograph.message.token;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.util.HashMap;
import java.util.Map;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Reads a JWK Set and keeps of it what can verify an ES256 signature. */
final class KeySet {

    private KeySet() {}

    static Map<String, PublicKey> parse(Buffer json) {
        try {
            Map<String, PublicKey> keys = new HashMap<>();
            for (JsonWebKey jwk : new JsonWebKeySet(json.toString(StandardCharsets.UTF_8)).getJsonWebKeys()) {
                if (jwk.getKeyId() != null
                        && jwk instanceof EllipticCurveJsonWebKey ec
                        && EllipticCurves.P_256.equals(ec.getCurveName())) {
                    keys.put(jwk.getKeyId(), ec.getECPublicKey());
                }
            }
            return Map.copyOf(keys);
        } catch (JoseException e) {
            throw new IllegalArgumentException("not a JWK Set", e);
        }
    }
}
