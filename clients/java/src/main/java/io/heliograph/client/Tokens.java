package io.heliograph.client;

/**
 * The tokens of a session.
 *
 * @param refreshToken null where the host gives access tokens
 * @param renewAt when the access token is to be renewed, by {@link ClientContext#now()}
 * @param expiresAt when it ends, by the same clock
 */
record Tokens(Account account, String accessToken, String refreshToken, long renewAt, long expiresAt) {

    /** The part of its life after which a token is renewed. */
    private static final double RENEW_AT = 0.8;

    /** New ones that live for so many milliseconds from now on. */
    static Tokens fresh(String accessToken, String refreshToken, long life, long now) {
        return aged(accessToken, refreshToken, life, life, now);
    }

    /** Ones of whose life there is so much left now. */
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

    /** The same, of whose life there is so much left now. */
    Tokens withLeft(long life, long left, long now) {
        return aged(accessToken, refreshToken, life, left, now);
    }
}
