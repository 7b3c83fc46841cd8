package io.heliograph.benchmarks.gateway.stack;

import io.heliograph.testsupport.TokenIssuer;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** The users of the load, each with a token, and the token issuer. */
final class Users implements AutoCloseable {

    private static final int COUNT = 100;

    /** Longer than a run, since tokens are not renewed. */
    private static final int TOKEN_MINUTES = 120;

    private final TokenIssuer issuer = TokenIssuer.startWithRsa();
    private final List<String> tokens =
            IntStream.range(0, COUNT).mapToObj(this::token).toList();

    List<String> tokens() {
        return tokens;
    }

    String jwksUrl() {
        return issuer.jwksUrl();
    }

    @Override
    public void close() {
        issuer.close();
    }

    private String token(int number) {
        return issuer.token(
                UUID.randomUUID(),
                "user-" + number,
                claims -> claims.setExpirationTimeMinutesInTheFuture(TOKEN_MINUTES));
    }
}
