package io.heliograph.user.session;

import io.heliograph.user.token.AccessTokens;
import jakarta.inject.Singleton;
import java.security.SecureRandom;

/** Makes the two tokens of a session. */
@Singleton
class TokenPairs {

    private final AccessTokens accessTokens;
    private final SecureRandom random = new SecureRandom();

    TokenPairs(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    RefreshToken nextRefreshToken() {
        return RefreshToken.next(random);
    }

    TokenPair of(Session session, RefreshToken refresh) {
        String access = accessTokens.sign(session.subject(), session.id());
        return new TokenPair(access, "Bearer", accessTokens.life().toSeconds(), refresh.value());
    }
}
