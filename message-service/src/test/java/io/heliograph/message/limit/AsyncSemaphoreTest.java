package io.heliograph.message.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AsyncSemaphoreTest {

    private final AsyncSemaphore semaphore = new AsyncSemaphore(2, 3);
    private final List<Promise<String>> underWay = new ArrayList<>();

    @Test
    void shouldLetSoManyBeUnderWayAndTheNextInAsOneIsDone() {
        List<Future<String>> answers = enter(4);
        assertThat(underWay).hasSize(2);

        underWay.get(0).complete("first");

        assertThat(answers.get(0).result()).isEqualTo("first");
        assertThat(underWay).hasSize(3);
        assertThat(answers.get(3).isComplete()).isFalse();
    }

    @Test
    void shouldGoOnAfterAFailure() {
        List<Future<String>> answers = enter(3);
        underWay.get(0).fail("broken");
        underWay.get(1).complete("fine");
        underWay.get(2).complete("fine");
        assertThat(answers.get(0).failed()).isTrue();
        assertThat(answers.get(2).result()).isEqualTo("fine");
        enter(2);
        assertThat(underWay).hasSize(5);
    }

    @Test
    void shouldTurnAwayWhatIsPastItsBound() {
        List<Future<String>> answers = enter(6);
        assertThat(answers.subList(0, 5)).noneMatch(Future::isComplete);
        assertThat(answers.get(5).failed()).isTrue();
    }

    private List<Future<String>> enter(int times) {
        List<Future<String>> answers = new ArrayList<>();
        for (int i = 0; i < times; i++) {
            answers.add(semaphore.admit(() -> {
                Promise<String> work = Promise.promise();
                underWay.add(work);
                return work.future();
            }));
        }
        return answers;
    }
}
