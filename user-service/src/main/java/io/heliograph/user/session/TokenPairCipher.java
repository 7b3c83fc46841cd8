package io.heliograph.user.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts a token pair with a key derived from the refresh token that was spent for it. A client that presents the
 * spent token again can get the pair again; a reader of the table, which has only the hash of the token, cannot decrypt
 * it.
 */
final class TokenPairCipher {

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final String MAC = "HmacSHA256";
    private static final byte[] PURPOSE = "heliograph refresh token successor".getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    /** A character that no token has. */
    private static final String SEPARATOR = "\n";

    private TokenPairCipher() {}

    static byte[] seal(RefreshToken spent, TokenPair pair, SecureRandom random) {
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] tokens = (pair.accessToken() + SEPARATOR + pair.refreshToken()).getBytes(StandardCharsets.UTF_8);
        byte[] encrypted = apply(Cipher.ENCRYPT_MODE, spent, nonce, tokens);
        return ByteBuffer.allocate(NONCE + encrypted.length)
                .put(nonce)
                .put(encrypted)
                .array();
    }

    /** @param expiresIn seconds until the access token expires */
    static TokenPair open(RefreshToken spent, byte[] sealed, long expiresIn) {
        byte[] nonce = new byte[NONCE];
        byte[] encrypted = new byte[sealed.length - NONCE];
        ByteBuffer.wrap(sealed).get(nonce).get(encrypted);
        String[] tokens = new String(apply(Cipher.DECRYPT_MODE, spent, nonce, encrypted), StandardCharsets.UTF_8)
                .split(SEPARATOR, 2);
        return new TokenPair(tokens[0], "Bearer", expiresIn, tokens[1]);
    }

    private static byte[] apply(int mode, RefreshToken spent, byte[] nonce, byte[] input) {
        try {
            Mac mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(spent.value().getBytes(StandardCharsets.UTF_8), MAC));
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(mode, new SecretKeySpec(mac.doFinal(PURPOSE), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has AES, and the table holds what was sealed here", e);
        }
    }
}
