package io.heliograph.user.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.EcJwkGenerator;
import org.jose4j.jwk.EllipticCurveJsonWebKey;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.keys.EllipticCurves;
import org.jose4j.lang.JoseException;

/** Makes the file for the next rotation, so that nobody has to bring a tool for it: {@code java -jar … new-signing-key}. */
public final class NewSigningKey {

    private NewSigningKey() {}

    /** A private JWK Set of a new key and, behind it, those of a file. The file is left as it is. */
    public static String before(Optional<Path> file) throws IOException {
        try {
            List<JsonWebKey> keys = new ArrayList<>();
            keys.add(make());
            if (file.isPresent()) {
                String present = Files.readString(file.get());
                KeySet.parse(present);
                keys.addAll(new JsonWebKeySet(present).getJsonWebKeys());
            }
            return new JsonWebKeySet(keys).toJson(OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException e) {
            throw new IllegalStateException("P-256 is part of every JDK", e);
        }
    }

    private static EllipticCurveJsonWebKey make() throws JoseException {
        EllipticCurveJsonWebKey key = EcJwkGenerator.generateJwk(EllipticCurves.P256);
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        key.setUse("sig");
        key.setAlgorithm(AccessTokens.ALGORITHM);
        key.setOtherParameter(SigningKey.MADE_AT, Instant.now().getEpochSecond());
        return key;
    }
}
