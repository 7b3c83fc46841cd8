package io.heliograph.message.identity;

import io.heliograph.auth.Caller;
import io.heliograph.auth.TokenException;
import io.heliograph.auth.TokenVerifier;
import io.heliograph.message.profile.ExternalUsernames;
import io.vertx.core.Future;
import jakarta.inject.Singleton;

/** Resolves a token to its caller, with the username of the caller in this installation. */
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
     * {@link TokenException} and with nothing else.
     */
    public Future<Caller> byAuthorization(String header) {
        return tokens.verifyAuthorization(header).compose(caller -> named(caller, header));
    }

    /** Fails with {@link TokenException} and with nothing else. */
    public Future<Caller> byToken(String token) {
        return tokens.verifyToken(token).compose(caller -> named(caller, SCHEME + token));
    }

    private Future<Caller> named(Caller caller, String authorization) {
        return caller.isNamed() ? Future.succeededFuture(caller) : usernames.name(caller, authorization);
    }
}
