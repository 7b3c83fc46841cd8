package io.heliograph.user.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKey.OutputControlLevel;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.lang.JoseException;

/** The keys of one version of the file, newest first. All are published; which one signs depends on the time. */
final class KeySet {

    private final List<SigningKey> keys;
    private final Map<String, PublicKey> publicKeys = new HashMap<>();
    private final String published;
    private final String version;

    private KeySet(List<SigningKey> keys) {
        this.keys = List.copyOf(keys);
        for (SigningKey key : keys) {
            if (publicKeys.put(key.id(), key.publicHalf()) != null) {
                throw new IllegalArgumentException("has two keys of one kid: " + key.id());
            }
        }
        this.published = new JsonWebKeySet(
                        keys.stream().map(SigningKey::published).toList())
                .toJson(OutputControlLevel.PUBLIC_ONLY);
        this.version = digest(published);
    }

    /** Throws {@link IllegalArgumentException} with a reason that contains no secrets. */
    static KeySet parse(String json) {
        List<JsonWebKey> keys = read(json);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("holds no key");
        }
        return new KeySet(keys.stream().map(SigningKey::of).toList());
    }

    private static List<JsonWebKey> read(String json) {
        try {
            List<JsonWebKey> keys = new JsonWebKeySet(json).getJsonWebKeys();
            // The library drops keys that it cannot parse without an error.
            if (JsonUtil.parseJson(json).get("keys") instanceof List<?> all && all.size() == keys.size()) {
                return keys;
            }
        } catch (JoseException | ClassCastException notOurs) {
            // The cause is dropped, because its message quotes the file.
        }
        throw new IllegalArgumentException("is not a private JWK Set");
    }

    /** The newest key made before this time; if there is none, the oldest, which most verifiers have fetched. */
    SigningKey newestBefore(Instant moment) {
        for (SigningKey key : keys) {
            if (key.madeAt().isBefore(moment)) {
                return key;
            }
        }
        return keys.get(keys.size() - 1);
    }

    /** Newest first. */
    List<SigningKey> all() {
        return keys;
    }

    /** Null if there is no key of this id. */
    PublicKey publicKey(String id) {
        return publicKeys.get(id);
    }

    /** The public keys as a JWK Set. */
    String published() {
        return published;
    }

    /** The version of {@link #published()}: different for different keys. */
    String version() {
        return version;
    }

    /** The ids, newest first. */
    @Override
    public String toString() {
        return String.join(", ", keys.stream().map(SigningKey::id).toList());
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
