package io.heliograph.user.signin.password;

import static io.heliograph.user.signin.password.HashQuota.UNBOUNDED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.rest.problem.ProblemException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator.FixedBlockPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordHasherTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WAITING = 3;
    private static final int PER_ACCOUNT = 2;
    private static final int PER_ADDRESS = 2;

    private final Vertx vertx = Vertx.vertx();
    private final PasswordHasher passwords = new PasswordHasher(vertx, new OneThread());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldMatchOnlyTheHashedPassword() {
        String hash = get(passwords.hash(UNBOUNDED, "correct horse"));
        assertTrue(get(passwords.matches(UNBOUNDED, "correct horse", hash)));
        assertFalse(get(passwords.matches(UNBOUNDED, "correct hors", hash)));
        assertTrue(hash.startsWith("$argon2id$v=19$m=1024,t=1,p=1$"), hash);
    }

    @Test
    void shouldHashTheSamePasswordDifferentlyEachTime() {
        assertNotEquals(
                get(passwords.hash(UNBOUNDED, "correct horse")), get(passwords.hash(UNBOUNDED, "correct horse")));
    }

    @Test
    void shouldMatchNoPasswordWhereThereIsNoHash() {
        assertFalse(get(passwords.matches(UNBOUNDED, "correct horse", null)));
    }

    @Test
    void shouldRejectAtOnceWhileTheQueueIsFull() {
        List<CompletableFuture<String>> hashes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            hashes.add(passwords.hash(UNBOUNDED, "correct horse").subscribeAsCompletionStage());
        }

        long refused = hashes.stream().filter(PasswordHasherTest::isOverloaded).count();

        assertTrue(refused > 0 && refused <= 50 - 1 - WAITING, refused + " refused");
        get(passwords.hash(UNBOUNDED, "correct horse"));
    }

    @Test
    void shouldServeOthersWhileOneAccountFloodsTheQueue() {
        HashQuota greedy = new HashQuota(UUID.randomUUID(), null);
        List<CompletableFuture<String>> many = Stream.generate(
                        () -> passwords.hash(greedy, "correct horse").subscribeAsCompletionStage())
                .limit(50)
                .toList();

        String other = get(passwords.hash(new HashQuota(UUID.randomUUID(), null), "correct horse"));

        assertTrue(other.startsWith("$argon2id$"));
        List<String> codes = many.stream().map(PasswordHasherTest::code).toList();
        assertTrue(Collections.frequency(codes, "done") >= PER_ACCOUNT, codes.toString());
        assertTrue(Collections.frequency(codes, "too_many_at_once") > 0, codes.toString());
        assertEquals(0, Collections.frequency(codes, "overloaded"), codes.toString());
        // And what was held is given back.
        get(passwords.hash(greedy, "correct horse"));
    }

    @Test
    void shouldServeOthersWhileOneAddressFloodsTheQueue() {
        List<CompletableFuture<String>> many = Stream.generate(() -> new HashQuota(UUID.randomUUID(), "192.0.2.1"))
                .limit(50)
                .map(share -> passwords.hash(share, "correct horse").subscribeAsCompletionStage())
                .toList();

        String other = get(passwords.hash(HashQuota.ofAddress("192.0.2.2"), "correct horse"));

        assertTrue(other.startsWith("$argon2id$"));
        List<String> codes = many.stream().map(PasswordHasherTest::code).toList();
        assertTrue(Collections.frequency(codes, "done") >= PER_ADDRESS, codes.toString());
        assertTrue(Collections.frequency(codes, "too_many_at_once") > 0, codes.toString());
        assertEquals(0, Collections.frequency(codes, "overloaded"), codes.toString());
        get(passwords.hash(HashQuota.ofAddress("192.0.2.1"), "correct horse"));
    }

    @Test
    void shouldMatchAPasswordInAnyUnicodeForm() {
        String composed = "caf\u00e9 au lait \ufb01n";
        String decomposed = "cafe\u0301 au lait fin";

        String hash = get(passwords.hash(UNBOUNDED, composed));

        assertTrue(get(passwords.matches(UNBOUNDED, decomposed, hash)));
        assertFalse(get(passwords.matches(UNBOUNDED, "cafe au lait fin", hash)));
    }

    @Test
    void shouldMatchAPasswordThatWasHashedWithoutNormalization() {
        String typed = "cafe\u0301 au lait";
        Argon2 stored = new Argon2(1024, 1, 1, new byte[Argon2.SALT], new byte[Argon2.HASH]);
        String hash = stored.hash(typed, new FixedBlockPool(1024 + 4)).phc();

        assertTrue(get(passwords.matches(UNBOUNDED, typed, hash)));
    }

    private static String code(CompletableFuture<String> hash) {
        try {
            hash.join();
            return "done";
        } catch (CompletionException e) {
            return ((ProblemException) e.getCause()).code();
        }
    }

    private static boolean isOverloaded(CompletableFuture<String> hash) {
        try {
            hash.join();
            return false;
        } catch (CompletionException e) {
            assertEquals("overloaded", ((ProblemException) e.getCause()).code());
            return true;
        }
    }

    private static <T> T get(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }

    /** As cheap as hashing can be, since what is tested here is not its cost. */
    private record OneThread() implements PasswordConfig {

        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public int minLength() {
            return 10;
        }

        @Override
        public int perAccount() {
            return PER_ACCOUNT;
        }

        @Override
        public int perAddress() {
            return PER_ADDRESS;
        }

        @Override
        public int memoryKib() {
            return 1024;
        }

        @Override
        public int iterations() {
            return 1;
        }

        @Override
        public int parallelism() {
            return 1;
        }

        @Override
        public OptionalInt threads() {
            return OptionalInt.of(1);
        }

        @Override
        public int maxWaiting() {
            return WAITING;
        }
    }
}
