package io.heliograph.helm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.Signature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The secrets that the chart makes where none is named. */
class SecretsTest {

    private static final String KEYS = "heliograph-signing-keys";
    private static final String FEED = "heliograph-feed";

    /** The parts of a key vary in length. */
    @RepeatedTest(20)
    void shouldMakeAKeyThatSigns() throws Exception {
        RsaJsonWebKey key = signingKey(made(Map.of()));

        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(key.getRsaPrivateKey());
        byte[] signed = signature.sign();
        signature.initVerify(key.getRsaPublicKey());
        assertTrue(signature.verify(signed));
        assertEquals("RS256", key.getAlgorithm());
        assertEquals(2048, key.getRsaPublicKey().getModulus().bitLength());
    }

    @Test
    void shouldRecordWhenAKeyWasMade() throws Exception {
        Instant made = Instant.ofEpochSecond(signingKey(made(Map.of())).getOtherParameterValue("iat", Long.class));

        assertTrue(made.isAfter(Instant.now().minusSeconds(60)), made::toString);
        assertTrue(made.isBefore(Instant.now().plusSeconds(60)), made::toString);
    }

    @Test
    void shouldMakeNewSecretsForEachInstallation() throws Exception {
        Release first = made(Map.of());
        Release second = made(Map.of());

        assertNotEquals(signingKey(first).getKeyId(), signingKey(second).getKeyId());
        assertNotEquals(text(first, FEED, "secret"), text(second, FEED, "secret"));
        assertEquals(64, text(first, FEED, "secret").length());
    }

    @Test
    void shouldNotMakeExistingSecrets() {
        assertEquals(
                List.of(), names(made(Map.of("signingKeys.existingSecret", "ours", "feed.existingSecret", "ours"))));
        assertEquals(List.of(FEED), names(made(Map.of("signingKeys.existingSecret", "ours"))));
        assertEquals(List.of(KEYS), names(made(Map.of("feed.enabled", false))));
    }

    private static Release made(Map<String, Object> given) {
        return Chart.render(given);
    }

    private static List<String> names(Release release) {
        return release.all("Secret").stream().map(Manifest::name).toList();
    }

    private static RsaJsonWebKey signingKey(Release release) throws Exception {
        JsonWebKeySet keys = new JsonWebKeySet(text(release, KEYS, "signing-keys.json"));

        assertEquals(1, keys.getJsonWebKeys().size());
        return (RsaJsonWebKey) keys.getJsonWebKeys().get(0);
    }

    private static String text(Release release, String name, String key) {
        return release.all("Secret").stream()
                .filter(secret -> secret.name().equals(name))
                .map(secret -> secret.texts("stringData").get(key))
                .findFirst()
                .orElseThrow();
    }
}
