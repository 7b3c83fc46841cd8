package io.heliograph.user.session;

import io.heliograph.user.token.AccessTokens;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Issues the access token and the refresh token of a session. */
@Singleton
class TokenIssuer {

    private final AccessTokens accessTokens;
    private final SecureRandom random = new SecureRandom();

    TokenIssuer(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    RefreshToken nextRefreshToken() {
        return RefreshToken.next(random);
    }

    TokenPair of(Session session, RefreshToken refresh) {
        String access = accessTokens.sign(session.subject(), session.id(), session.signedInAt());
        return new TokenPair(access, "Bearer", accessTokens.lifetime().toSeconds(), refresh.value());
    }

    /** Encrypts the pair for {@link #open}, which needs the spent token. */
    byte[] seal(RefreshToken spent, TokenPair pair) {
        return TokenPairCipher.seal(spent, pair, random);
    }

    /** @param ageSeconds how long ago the pair was made */
    TokenPair open(RefreshToken spent, byte[] sealed, long ageSeconds) {
        return TokenPairCipher.open(
                spent, sealed, Math.max(0, accessTokens.lifetime().toSeconds() - ageSeconds));
    }
}
