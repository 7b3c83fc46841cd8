package io.heliograph.auth;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tokens that were verified, by the first 128 bits of their SHA-256, so that no token is kept in memory. A bounded cache of
 * two generations: when the young one is full it becomes the old one, whose entries move back when they are used and are
 * dropped otherwise. So the newest half is always kept, which a cache that admits by frequency does not guarantee when
 * many users arrive at once. From any thread.
 */
final class VerifiedTokens {

    private final int generationSize;
    private volatile Generations generations = new Generations(new ConcurrentHashMap<>(), new ConcurrentHashMap<>());

    private record Generations(
            ConcurrentHashMap<Digest, VerifiedToken> young, ConcurrentHashMap<Digest, VerifiedToken> old) {}

    /** With 128 bits it is infeasible to find another text with the digest of a given token. */
    record Digest(long high, long low) {

        static Digest of(String token) {
            try {
                byte[] text = token.getBytes(StandardCharsets.UTF_8);
                ByteBuffer hash =
                        ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text));
                return new Digest(hash.getLong(), hash.getLong());
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("SHA-256 is part of every JDK", e);
            }
        }
    }

    /** The caller, the issuer and its key that vouched for it, and the end of all as Unix time. */
    record VerifiedToken(Caller caller, TrustedIssuer issuer, String kid, long untilMillis) {

        boolean isGood() {
            return untilMillis > System.currentTimeMillis() && issuer.knows(kid);
        }
    }

    /** @param size most tokens that are kept, at least 2 */
    VerifiedTokens(int size) {
        this.generationSize = Math.max(1, size / 2);
    }

    /** Null if the token is unknown, has expired, or its key was withdrawn. */
    VerifiedToken get(Digest token) {
        Generations current = generations;
        VerifiedToken found = current.young.get(token);
        if (found == null) {
            found = current.old.get(token);
            if (found != null && found.isGood()) {
                put(token, found);
            }
        }
        return found != null && found.isGood() ? found : null;
    }

    void put(Digest token, VerifiedToken verified) {
        ConcurrentHashMap<Digest, VerifiedToken> young = generations.young;
        young.put(token, verified);
        if (young.size() >= generationSize) {
            rotate();
        }
    }

    private synchronized void rotate() {
        Generations current = generations;
        if (current.young.size() >= generationSize) {
            generations = new Generations(new ConcurrentHashMap<>(), current.young);
        }
    }
}
