package io.heliograph.user.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/** Creates the file for the next rotation without another tool: {@code java -jar … new-signing-key}. */
public final class NewSigningKey {

    /** The minimum of RFC 7518, sufficient until 2030 (NIST SP 800-57, part 1). */
    private static final int RSA_BITS = 2048;

    private NewSigningKey() {}

    /** A private JWK Set of a new key, followed by the keys of a file. The file is not changed. */
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
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }

    private static RsaJsonWebKey make() throws JoseException {
        RsaJsonWebKey key = RsaJwkGenerator.generateJwk(RSA_BITS);
        key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
        key.setUse("sig");
        key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
        key.setOtherParameter(SigningKey.MADE_AT, Instant.now().getEpochSecond());
        return key;
    }
}
