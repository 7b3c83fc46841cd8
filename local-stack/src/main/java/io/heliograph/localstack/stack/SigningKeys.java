package io.heliograph.localstack.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.lang.JoseException;

/** The private JWK Set that user-service signs with: made once, so that tokens outlive a restart of the stack. */
final class SigningKeys {

    private SigningKeys() {}

    /** The file, which is made whole and readable by its owner alone if it is not there yet. */
    static Path in(Path folder) throws IOException {
        Path file = folder.resolve("signing-keys.json");
        if (Files.exists(file)) {
            return file;
        }
        Files.createDirectories(folder);
        // Temporary files are the owner's alone (0600), and stay so when moved.
        Path draft = Files.createTempFile(folder, "signing-keys", ".tmp");
        Files.writeString(draft, newKeySet());
        return Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    private static String newKeySet() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId(key.calculateBase64urlEncodedThumbprint("SHA-256"));
            key.setUse("sig");
            key.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            return new JsonWebKeySet(key).toJson(OutputControlLevel.INCLUDE_PRIVATE);
        } catch (JoseException e) {
            throw new IllegalStateException("RSA is part of every JDK", e);
        }
    }
}
