package io.heliograph.user.token;

import static io.heliograph.user.TestKeys.newEcKey;
import static io.heliograph.user.TestKeys.newKey;
import static io.heliograph.user.TestKeys.privateSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Optional;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeySetTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @TempDir
    Path folder;

    @Test
    void shouldSelectTheNewestKeyThatIsOldEnough() {
        KeySet keys = KeySet.parse(privateSet(made("c", 100), made("b", 1_000), newEcKey("a")));

        assertEquals("a", keys.newestBefore(NOW.minusSeconds(2_000)).id());
        assertEquals("b", keys.newestBefore(NOW.minusSeconds(500)).id());
        assertEquals("c", keys.newestBefore(NOW).id());
    }

    @Test
    void shouldSelectTheOldestKeyWhenAllAreTooNew() {
        KeySet keys = KeySet.parse(privateSet(made("b", 100), made("a", 101)));

        assertEquals("a", keys.newestBefore(NOW.minusSeconds(500)).id());
    }

    @Test
    void shouldPublishOnlyThePublicKeysOfTheFile() {
        PublicJsonWebKey key = made("a", 100);
        key.setOtherParameter("remark", "made by hand");

        String published = KeySet.parse(privateSet(key)).published();

        assertTrue(published.contains("\"kid\":\"a\""), published);
        assertFalse(
                published.contains("\"d\"") || published.contains("remark") || published.contains("iat"), published);
    }

    @Test
    void shouldHaveAnotherVersionForEachPublishedSet() {
        PublicJsonWebKey key = newEcKey("a");
        String version = KeySet.parse(privateSet(key)).version();

        assertEquals(version, KeySet.parse(privateSet(key)).version());
        assertFalse(version.equals(KeySet.parse(privateSet(newEcKey("a"))).version()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"keys\":7}",
                "{\"keys\":[]}",
                "{\"keys\":[7]}",
                "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"kid\":\"a\"}]}",
                "{\"keys\":[{\"kty\":\"oct\",\"k\":\"c2VjcmV0\",\"kid\":\"a\"}]}"
            })
    void shouldRejectAnInvalidKeySet(String json) {
        assertThrows(IllegalArgumentException.class, () -> KeySet.parse(json));
    }

    @Test
    void shouldRejectASetWithAnInvalidKey() {
        PublicJsonWebKey good = newEcKey("good");
        PublicJsonWebKey nameless = newEcKey(null);
        PublicJsonWebKey undated = newEcKey("undated");
        undated.setOtherParameter("iat", "yesterday");
        String mixed = privateSet(newEcKey("mixed"))
                .replaceAll("\"d\":\"[^\"]*\"", "\"d\":\"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAE\"");

        assertRefused(privateSet(good, nameless));
        assertRefused(privateSet(good, newEcKey("good")));
        assertRefused(privateSet(good, undated));
        PublicJsonWebKey mislabelled = newKey("mislabelled");
        mislabelled.setAlgorithm("PS256");
        assertRefused(mixed);
        assertRefused(privateSet(good, mislabelled));
        assertRefused(privateSet(good, shortKey()));
        assertRefused(privateSet(good).replace("{\"keys\":[", "{\"keys\":[{\"kty\":\"EC\"},"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256", "ES256"})
    void shouldPublishTheAlgorithmOfEachKind(String algorithm) {
        PublicJsonWebKey key = algorithm.equals("RS256") ? newKey("a") : newEcKey("a");

        String published = KeySet.parse(privateSet(key)).published();

        assertTrue(published.contains("\"alg\":\"" + algorithm + "\""), published);
    }

    @Test
    void shouldPrependANewKeyToThoseOfTheFile() throws IOException {
        Path first = Files.writeString(folder.resolve("first.json"), NewSigningKey.before(Optional.empty()));
        String two = NewSigningKey.before(Optional.of(first));

        KeySet keys = KeySet.parse(two);

        String[] ids = keys.toString().split(", ", -1);
        assertEquals(2, ids.length);
        assertEquals(ids[1], KeySet.parse(Files.readString(first)).toString());
        assertEquals(ids[1], keys.newestBefore(Instant.now().minusSeconds(60)).id());
        assertEquals(ids[0], keys.newestBefore(Instant.now().plusSeconds(60)).id());
    }

    @Test
    void shouldDetectAChangeOfALinkedFolder() throws IOException {
        link(Files.writeString(
                Files.createDirectory(folder.resolve("v1")).resolve("keys.json"), privateSet(newEcKey("a"))));
        KeyFile file = new KeyFile(folder.resolve("data/keys.json"));

        assertEquals("a", file.readIfChanged().toString());
        assertNull(file.readIfChanged());
        link(Files.writeString(
                Files.createDirectory(folder.resolve("v2")).resolve("keys.json"), privateSet(newEcKey("b"))));
        assertEquals("b", file.readIfChanged().toString());
    }

    @Test
    void shouldReportAnInvalidFileOnce() throws IOException {
        Path path = folder.resolve("keys.json");
        KeyFile file = new KeyFile(path);

        assertThrows(IllegalArgumentException.class, file::readIfChanged);
        assertNull(file.readIfChanged());
        Files.writeString(path, " ".repeat(70_000));
        assertThrows(IllegalArgumentException.class, file::readIfChanged);
        Files.writeString(path, privateSet(newEcKey("a")));
        assertNotNull(file.readIfChanged());
    }

    private void link(Path key) throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("next"), key.getParent());
        Files.move(link, folder.resolve("data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static PublicJsonWebKey shortKey() {
        try {
            PublicJsonWebKey key = RsaJwkGenerator.generateJwk(1024);
            key.setKeyId("short");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertRefused(String json) {
        assertThrows(IllegalArgumentException.class, () -> KeySet.parse(json), json);
    }

    private static PublicJsonWebKey made(String id, long secondsAgo) {
        PublicJsonWebKey key = newEcKey(id);
        key.setOtherParameter("iat", NOW.minusSeconds(secondsAgo).getEpochSecond());
        return key;
    }
}
