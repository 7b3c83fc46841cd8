package io.heliograph.message.identity;

import io.heliograph.message.profile.ExternalUsernames;
import io.heliograph.message.token.Caller;
import io.heliograph.message.token.TokenRefused;
import io.heliograph.message.token.TokenRefused.Reason;
import io.heliograph.message.token.TokenVerifier;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/** Whom a token speaks for, by the name that everyone here knows them by. */
@Singleton
public final class CallerResolver {

    private static final String SCHEME = "Bearer ";

    private final TokenVerifier tokens;
    private final ExternalUsernames names;

    CallerResolver(TokenVerifier tokens, ExternalUsernames names) {
        this.tokens = tokens;
        this.names = names;
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
                        caller.isNamed() ? Future.succeededFuture(caller) : names.name(caller, SCHEME + token));
    }
}
