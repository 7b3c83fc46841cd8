package io.heliograph.localstack.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeysTest {

    @TempDir
    Path folder;

    @Test
    void shouldMakeAPrivateKeyThatOnlyItsOwnerReads() throws IOException, JoseException {
        Path file = SigningKeys.in(folder.resolve("keys"));

        RsaJsonWebKey key = (RsaJsonWebKey)
                new JsonWebKeySet(Files.readString(file)).getJsonWebKeys().get(0);
        assertNotNull(key.getPrivateKey());
        assertEquals(2048, key.getRsaPublicKey().getModulus().bitLength());
        assertEquals("RS256", key.getAlgorithm());
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void shouldKeepAnExistingKey() throws IOException {
        String first = Files.readString(SigningKeys.in(folder));

        assertEquals(first, Files.readString(SigningKeys.in(folder)));
    }
}
