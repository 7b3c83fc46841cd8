package io.heliograph.user.token;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Authenticates values that this service has issued, so that every replica recognises them without a store and without
 * a further secret: by HMAC, under keys that are derived from the signing keys. A value is recognised as long as its
 * key is in the file.
 */
@Singleton
public class DerivedMac {

    private static final String HMAC = "HmacSHA256";

    private final SigningKeys keys;

    DerivedMac(SigningKeys keys) {
        this.keys = keys;
    }

    /** In letters, digits, {@code -} and {@code _}. */
    public String of(String message) {
        return mac(keys.signer(), message);
    }

    public boolean isOf(String message, String mac) {
        byte[] given = mac.getBytes(StandardCharsets.UTF_8);
        return keys.current().all().stream()
                .anyMatch(key -> MessageDigest.isEqual(mac(key, message).getBytes(StandardCharsets.UTF_8), given));
    }

    private static String mac(SigningKey key, String message) {
        byte[] derived = hmac(key.pair().getPrivateKey().getEncoded(), "heliograph derived mac");
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hmac(derived, message));
    }

    private static byte[] hmac(byte[] key, String message) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac.doFinal(message.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HMAC", e);
        }
    }
}
