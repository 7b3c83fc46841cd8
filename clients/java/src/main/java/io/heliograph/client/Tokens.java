package io.heliograph.client;

/**
 * The tokens of a session.
 *
 * @param refreshToken null if the program provides access tokens
 * @param renewAt the time to renew the access token, by {@link ClientContext#now()}
 * @param expiresAt the time when it expires, by the same clock
 */
record Tokens(Account account, String accessToken, String refreshToken, long renewAt, long expiresAt) {

    /** The part of its lifetime after which a token is renewed. */
    private static final double RENEW_AT = 0.8;

    /** New tokens with this lifetime in milliseconds. */
    static Tokens fresh(String accessToken, String refreshToken, long life, long now) {
        return aged(accessToken, refreshToken, life, life, now);
    }

    /** Tokens with this remaining lifetime in milliseconds. */
    static Tokens aged(String accessToken, String refreshToken, long life, long left, long now) {
        Claims claims = Claims.of(accessToken);
        long reserve = life - (long) (life * RENEW_AT);
        return new Tokens(
                new Account(claims.subject(), claims.username()),
                accessToken,
                refreshToken,
                now + left - reserve,
                now + left);
    }

    /** These tokens with this remaining lifetime in milliseconds. */
    Tokens withLeft(long life, long left, long now) {
        return aged(accessToken, refreshToken, life, left, now);
    }
}
