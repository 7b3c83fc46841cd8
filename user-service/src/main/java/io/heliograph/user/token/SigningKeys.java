package io.heliograph.user.token;

import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** The keys of the file, read once at start: without at least one that can sign, the service does not start. */
@Startup
@Singleton
class SigningKeys {

    private final EllipticCurveJsonWebKey newest;
    private final Map<String, PublicKey> publicKeys;
    private final String published;

    SigningKeys(TokenConfig config) {
        List<EllipticCurveJsonWebKey> keys = config.signingKeys()
                .map(SigningKeys::read)
                .orElseThrow(() -> new IllegalStateException(
                        "heliograph.tokens.signing-keys is not set: give the path of a file that holds a private JWK"
                                + " Set with P-256 keys"));
        this.newest = keys.get(0);
        this.publicKeys = keys.stream()
                .collect(Collectors.toUnmodifiableMap(
                        EllipticCurveJsonWebKey::getKeyId, EllipticCurveJsonWebKey::getECPublicKey));
        this.published = new JsonWebKeySet(keys).toJson(OutputControlLevel.PUBLIC_ONLY);
    }

    EllipticCurveJsonWebKey newest() {
        return newest;
    }

    /** Null if there is no key of this id. */
    PublicKey publicKey(String id) {
        return publicKeys.get(id);
    }

    /** The public keys as a JWK Set. */
    String published() {
        return published;
    }

    private static List<EllipticCurveJsonWebKey> read(Path file) {
        Function<String, IllegalStateException> refusal =
                reason -> new IllegalStateException("heliograph.tokens.signing-keys (" + file + ") " + reason);
        try {
            List<EllipticCurveJsonWebKey> keys = new JsonWebKeySet(Files.readString(file))
                    .getJsonWebKeys().stream().map(SigningKeys::signingKey).toList();
            if (keys.isEmpty()) {
                throw refusal.apply("holds no key");
            }
            return keys;
        } catch (IOException e) {
            throw refusal.apply("cannot be read");
        } catch (JoseException | IllegalArgumentException e) {
            throw refusal.apply("is not a private JWK Set of P-256 keys with a kid each");
        }
    }

    private static EllipticCurveJsonWebKey signingKey(JsonWebKey key) {
        if (key instanceof EllipticCurveJsonWebKey ec
                && "P-256".equals(ec.getCurveName())
                && ec.getPrivateKey() != null
                && ec.getKeyId() != null) {
            ec.setUse("sig");
            ec.setAlgorithm("ES256");
            return ec;
        }
        throw new IllegalArgumentException();
    }
}
