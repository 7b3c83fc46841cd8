package io.heliograph.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.heliograph.auth.JwkSet.VerificationKey;
import io.heliograph.auth.VerifiedTokens.Digest;
import io.heliograph.auth.VerifiedTokens.VerifiedToken;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {

    private final AtomicBoolean withdrawn = new AtomicBoolean();
    private final TrustedIssuer issuer =
            new TrustedIssuer(Issuer.local(Settings.of(Map.of())), keys(), Duration.ofMinutes(1));
    private final VerifiedTokens tokens = new VerifiedTokens(10);

    @Test
    void shouldKeepTheNewestWhenManyArrive() {
        IntStream.range(0, 1_000).forEach(i -> tokens.put(digest(i), verified(Instant.MAX)));

        IntStream.range(996, 1_000).forEach(i -> assertNotNull(tokens.get(digest(i)), "token " + i));
        assertNull(tokens.get(digest(0)));
    }

    @Test
    void shouldKeepTokensInUse() {
        tokens.put(digest(-1), verified(Instant.MAX));

        IntStream.range(0, 1_000).forEach(i -> {
            tokens.put(digest(i), verified(Instant.MAX));
            assertNotNull(tokens.get(digest(-1)), "after " + i);
        });
    }

    @Test
    void shouldForgetExpiredTokensAndThoseOfAWithdrawnKey() {
        tokens.put(digest(1), verified(Instant.now().minusSeconds(1)));
        tokens.put(digest(2), verified(Instant.MAX));

        assertNull(tokens.get(digest(1)));
        assertNotNull(tokens.get(digest(2)));
        withdrawn.set(true);
        assertNull(tokens.get(digest(2)));
    }

    @Test
    void shouldDistinguishTokensByTheirDigest() {
        assertEquals(Digest.of("a.b.c"), Digest.of("a.b.c"));
        assertNotEquals(Digest.of("a.b.c"), Digest.of("a.b.d"));
    }

    private static Digest digest(int i) {
        return Digest.of("token " + i);
    }

    private VerifiedToken verified(Instant until) {
        long untilMillis = until.equals(Instant.MAX) ? Long.MAX_VALUE : until.toEpochMilli();
        return new VerifiedToken(null, issuer, "key", untilMillis);
    }

    private IssuerKeys keys() {
        return new IssuerKeys() {

            @Override
            public VerificationKey known(String kid) {
                return withdrawn.get() ? null : new VerificationKey(null, null);
            }

            @Override
            public Future<VerificationKey> find(String kid) {
                return Future.succeededFuture(known(kid));
            }
        };
    }
}
