package io.heliograph.user.password;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.user.problem.Refusal;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int WAITING = 3;

    private final Vertx vertx = Vertx.vertx();
    private final Passwords passwords = new Passwords(vertx, new OneThread());

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldKnowAPasswordByItsHashAndNoOther() {
        String hash = get(passwords.hash("correct horse"));
        assertTrue(get(passwords.matches("correct horse", hash)));
        assertFalse(get(passwords.matches("correct hors", hash)));
        assertTrue(hash.startsWith("$argon2id$v=19$m=1024,t=1,p=1$"), hash);
    }

    @Test
    void shouldHashTheSamePasswordDifferentlyEachTime() {
        assertNotEquals(get(passwords.hash("correct horse")), get(passwords.hash("correct horse")));
    }

    @Test
    void shouldMatchNoPasswordWhereThereIsNoHash() {
        assertFalse(get(passwords.matches("correct horse", null)));
    }

    @Test
    void shouldRefuseAtOnceWhenTheQueueIsFullAndAcceptAgainWhenItIsNot() {
        List<CompletableFuture<String>> hashes = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            hashes.add(passwords.hash("correct horse").subscribeAsCompletionStage());
        }

        long refused = hashes.stream().filter(PasswordsTest::isOverloaded).count();

        assertTrue(refused > 0 && refused <= 50 - 1 - WAITING, refused + " refused");
        get(passwords.hash("correct horse"));
    }

    private static boolean isOverloaded(CompletableFuture<String> hash) {
        try {
            hash.join();
            return false;
        } catch (CompletionException e) {
            assertEquals("overloaded", ((Refusal) e.getCause()).code());
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
