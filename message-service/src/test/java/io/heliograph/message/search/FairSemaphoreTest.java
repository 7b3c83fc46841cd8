package io.heliograph.message.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.problem.Refusal;
import io.heliograph.message.search.FairSemaphore.Bound;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FairSemaphoreTest {

    private final FairSemaphore<String> semaphore = new FairSemaphore<>(new Bound(3, 2), new Bound(4, 3));
    private final List<String> started = new ArrayList<>();
    private final List<Promise<String>> running = new ArrayList<>();

    @Test
    void shouldLetOneKeyRunFewerThanAll() {
        run("ada");
        run("ada");
        run("ada");
        run("grace");

        assertThat(started).containsExactly("ada", "ada", "grace");
        assertThat(semaphore.waiting()).isEqualTo(1);
    }

    @Test
    void shouldStartWhoeverMayRunWhenOneEnds() {
        run("ada");
        run("ada");
        run("ada");
        run("grace");
        Future<String> eve = run("eve");
        assertThat(started).containsExactly("ada", "ada", "grace");

        running.get(2).complete("done");
        assertThat(started).as("ada may not run a third").containsExactly("ada", "ada", "grace", "eve");
        running.get(0).fail("broken");
        assertThat(started).containsExactly("ada", "ada", "grace", "eve", "ada");
        running.get(3).complete("found");
        assertThat(eve.result()).isEqualTo("found");
    }

    @Test
    void shouldRefuseOneWhoWaitsTooOftenAndThenAll() {
        for (int i = 0; i < 5; i++) {
            assertThat(run("ada").failed()).isFalse();
        }
        assertThat(refusal(run("ada"))).isEqualTo("too_many_at_once");
        run("grace");
        assertThat(run("eve").failed()).isFalse();
        assertThat(refusal(run("eve"))).isEqualTo("overloaded");

        running.get(0).complete("done");
        assertThat(run("ada").failed()).as("a place is free again").isFalse();
    }

    @Test
    void shouldGiveThePlaceBackWhenTheWorkCannotStart() {
        for (int i = 0; i < 10; i++) {
            Future<String> failed = semaphore.run("ada", () -> {
                throw new IllegalStateException("no");
            });
            assertThat(failed.failed()).isTrue();
        }
        run("ada");
        assertThat(started).containsExactly("ada");
    }

    private Future<String> run(String key) {
        return semaphore.run(key, () -> {
            started.add(key);
            Promise<String> promise = Promise.promise();
            running.add(promise);
            return promise.future();
        });
    }

    private static String refusal(Future<?> failed) {
        assertThat(failed.cause()).isInstanceOf(Refusal.class);
        return ((Refusal) failed.cause()).code();
    }
}
