package io.heliograph.message.identity;

import io.heliograph.message.profile.ExternalUsernames;
import io.heliograph.message.token.Caller;
import io.heliograph.message.token.TokenRefused;
import io.heliograph.message.token.TokenRefused.Reason;
import io.heliograph.message.token.TokenVerifier;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/** Resolves a token to its caller, with the username that the caller has here. */
@Singleton
public final class CallerResolver {

    private static final String SCHEME = "Bearer ";

    private final TokenVerifier tokens;
    private final ExternalUsernames usernames;

    CallerResolver(TokenVerifier tokens, ExternalUsernames usernames) {
        this.tokens = tokens;
        this.usernames = usernames;
    }

    /**
     * The caller of a request with this {@code Authorization} header, which may be null. Fails with
     * {@link TokenRefused} and with nothing else.
     */
    public Future<Caller> byAuthorization(String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Future.failedFuture(new TokenRefused(Reason.UNAUTHENTICATED));
        }
        return byToken(header.substring(SCHEME.length()).trim());
    }

    /** Fails with {@link TokenRefused} and with nothing else. */
    public Future<Caller> byToken(String token) {
        return tokens.verify(token)
                .compose(caller ->
                        caller.isNamed() ? Future.succeededFuture(caller) : usernames.name(caller, SCHEME + token));
    }
}
