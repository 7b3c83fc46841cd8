package io.heliograph.user.session;

import io.heliograph.user.token.AccessTokens;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Makes the two tokens of a session. */
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
        return new TokenPair(access, "Bearer", accessTokens.life().toSeconds(), refresh.value());
    }

    /** What {@link #open} gives back to whoever presents the spent token again. */
    byte[] seal(RefreshToken spent, TokenPair pair) {
        return TokenPairCipher.seal(spent, pair, random);
    }

    /** @param ageSeconds how long ago the pair was made */
    TokenPair open(RefreshToken spent, byte[] sealed, long ageSeconds) {
        return TokenPairCipher.open(spent, sealed, Math.max(0, accessTokens.life().toSeconds() - ageSeconds));
    }
}
