package io.heliograph.message.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.limit.AsyncSemaphore.Bound;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSemaphoreTest {

    private final AsyncSemaphore<String> semaphore = new AsyncSemaphore<>(new Bound(3, 2), new Bound(4, 3));
    private final AsyncSemaphore<String> withoutKeys = new AsyncSemaphore<>(2, 3);
    private final List<String> started = new ArrayList<>();
    private final List<Promise<String>> running = new ArrayList<>();

    @Test
    void shouldBoundTheTasksOfOneKeyBelowTheTotal() {
        run("ada");
        run("ada");
        run("ada");
        run("grace");

        assertThat(started).containsExactly("ada", "ada", "grace");
        assertThat(semaphore.waiting()).isEqualTo(1);
    }

    @Test
    void shouldStartTheNextPermittedTaskWhenOneEnds() {
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
    void shouldRejectOverTheBoundOfAKeyAndOverTheTotalBound() {
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
    void shouldGiveThePermitBackWhenTheWorkThrows() {
        for (int i = 0; i < 10; i++) {
            assertThat(semaphore.run("ada", AsyncSemaphoreTest::thrown).failed())
                    .isTrue();
            assertThat(withoutKeys.run(AsyncSemaphoreTest::thrown).failed()).isTrue();
        }
        run("ada");
        enter(2);

        assertThat(started).containsExactly("ada");
        assertThat(running).hasSize(3);
    }

    @Test
    void shouldStartTheNextTaskWhenOneThrows() {
        enter(2);
        Future<String> broken = withoutKeys.run(AsyncSemaphoreTest::thrown);
        List<Future<String>> behind = enter(1);

        running.get(0).complete("done");

        assertThat(broken.failed()).isTrue();
        assertThat(behind.get(0).isComplete()).isFalse();
        assertThat(running).hasSize(3);
    }

    @Test
    void shouldBoundTasksWithoutKeys() {
        List<Future<String>> answers = enter(6);

        assertThat(running).hasSize(2);
        assertThat(answers.subList(0, 5)).noneMatch(Future::isComplete);
        assertThat(refusal(answers.get(5))).isEqualTo("overloaded");

        running.get(0).fail("broken");
        running.get(1).complete("second");
        assertThat(answers.get(0).failed()).isTrue();
        assertThat(answers.get(1).result()).isEqualTo("second");
        assertThat(running).hasSize(4);
    }

    private Future<String> run(String key) {
        return semaphore.run(key, () -> {
            started.add(key);
            return begin();
        });
    }

    private List<Future<String>> enter(int times) {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(withoutKeys.run(this::begin));
        }
        return answers;
    }

    private Future<String> begin() {
        Promise<String> promise = Promise.promise();
        running.add(promise);
        return promise.future();
    }

    private static Future<String> thrown() {
        throw new IllegalStateException("no");
    }

    private static String refusal(Future<?> failed) {
        assertThat(failed.cause()).isInstanceOf(ProblemException.class);
        return ((ProblemException) failed.cause()).code();
    }
}
