package io.heliograph.auth;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SignatureVerificationTest {

    private final Vertx vertx = Vertx.vertx();
    private final AtomicLong clock = new AtomicLong();
    private final SignatureVerification verification = new SignatureVerification(vertx, clock::get);

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldVerifyAFewOnTheEventLoopAndTheRestOnWorkers() {
        List<Boolean> onEventLoop = onEventLoop(40);

        assertEquals(16, onEventLoop.stream().filter(here -> here).count());
        assertTrue(onEventLoop.subList(0, 16).stream().allMatch(here -> here), onEventLoop::toString);
    }

    @Test
    void shouldVerifyOnTheEventLoopAgainLater() {
        onEventLoop(40);
        clock.addAndGet(TimeUnit.MILLISECONDS.toNanos(10));

        assertEquals(List.of(true), onEventLoop(1));
    }

    @Test
    void shouldStayOnAThreadThatMayBlock() {
        List<Thread> threads = IntStream.range(0, 40)
                .mapToObj(i -> join(verification.run(Thread::currentThread)))
                .distinct()
                .toList();

        assertEquals(List.of(Thread.currentThread()), threads);
    }

    @Test
    void shouldFailWhenTheVerificationFails() {
        Future<Object> failed = verification.run(() -> {
            throw new IllegalArgumentException("no good");
        });

        assertThrows(CompletionException.class, () -> join(failed));
    }

    /** Whether each of so many verifications, begun at once on an event loop, ran on it. */
    private List<Boolean> onEventLoop(int count) {
        Promise<List<Boolean>> done = Promise.promise();
        vertx.runOnContext(begin -> Future.all(IntStream.range(0, count)
                        .mapToObj(i -> verification.run(Context::isOnEventLoopThread))
                        .toList())
                .map(all -> all.<Boolean>list())
                .onComplete(done));
        return join(done.future());
    }

    private static <T> T join(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
