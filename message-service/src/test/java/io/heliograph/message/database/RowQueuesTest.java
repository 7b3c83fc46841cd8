package io.heliograph.message.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowQueuesTest {

    private static final int MAX_QUEUED = 10;
    private static final int MAX_LOCK_WAITS = 2;

    private final RowQueues queues = new RowQueues(MAX_QUEUED, MAX_LOCK_WAITS);

    /** Attempts that have begun and not ended, in the order in which they began. */
    private final List<Attempt> running = new ArrayList<>();

    private record Attempt(String task, boolean waits, Promise<Boolean> over) {}

    private final class NamedTask implements RowQueues.Task {

        private final String name;
        private boolean wanted = true;

        NamedTask(String name) {
            this.name = name;
        }

        @Override
        public Future<Boolean> attempt(boolean waits) {
            Promise<Boolean> over = Promise.promise();
            running.add(new Attempt(name, waits, over));
            return over.future();
        }

        @Override
        public boolean isWanted() {
            return wanted;
        }
    }

    @Test
    void shouldRunTwoTasksOfARowAtOnceAndTheOthersInOrder() {
        List.of("a", "b", "c", "d").forEach(name -> add("row", name));

        assertThat(running).extracting(Attempt::task).containsExactly("a", "b");
        end("b", true);
        assertThat(running).extracting(Attempt::task).containsExactly("a", "c");
        end("a", true);
        assertThat(running).extracting(Attempt::task).containsExactly("c", "d");
        assertThat(running).noneMatch(Attempt::waits);
        assertThat(queues.queued()).isZero();
    }

    @Test
    void shouldWaitForALockedRowWithItsFirstTaskOnly() {
        List.of("a", "b", "c").forEach(name -> add("row", name));
        end("a", false);
        assertThat(running).extracting(Attempt::task).containsExactly("b");
        end("b", false);

        assertThat(running).singleElement().matches(Attempt::waits);
        assertThat(queues.queued()).isEqualTo(2);
        end(running.get(0).task, true);
        assertThat(running).hasSize(2).noneMatch(Attempt::waits);
    }

    @Test
    void shouldRunOtherRowsWhileManyAreLocked() {
        for (int row = 0; row < 20; row++) {
            add(row, "stuck-" + row);
            end("stuck-" + row, false);
        }
        assertThat(running).hasSize(MAX_LOCK_WAITS).allMatch(Attempt::waits);

        add("free", "other");

        assertThat(running).last().matches(each -> each.task.equals("other") && !each.waits);
    }

    @Test
    void shouldTryLockedRowsInTurn() {
        for (int row = 0; row < 4; row++) {
            add(row, "stuck-" + row);
            end("stuck-" + row, false);
        }
        List<String> turns = new ArrayList<>();

        for (int n = 0; n < 8; n++) {
            turns.add(running.get(0).task);
            end(running.get(0).task, false);
        }

        assertThat(turns)
                .containsExactly(
                        "stuck-0", "stuck-1", "stuck-2", "stuck-3", "stuck-0", "stuck-1", "stuck-2", "stuck-3");
    }

    @Test
    void shouldRejectTasksOverTheBoundOfTheQueue() {
        for (int n = 0; n < 2 + MAX_QUEUED; n++) {
            assertThat(queues.add("row", new NamedTask("task-" + n))).isTrue();
        }

        assertThat(queues.add("row", new NamedTask("one more"))).isFalse();
        assertThat(queues.add("other row", new NamedTask("other"))).isTrue();
    }

    @Test
    void shouldDropCancelledTasks() {
        add("row", "a");
        add("row", "b");
        NamedTask unwanted = add("row", "c");
        queues.remove("row", unwanted);
        assertThat(queues.queued()).isZero();
        NamedTask leaving = add("other row", "d");
        leaving.wanted = false;
        end("d", false);

        assertThat(queues.queued()).isZero();
        end("a", true);
        end("b", true);
        assertThat(running).isEmpty();
    }

    @Test
    void shouldRunANewTaskOfARowWhoseWaitingTasksWereCancelled() {
        NamedTask stuck = add("row", "a");
        stuck.wanted = false;
        end("a", false);

        add("row", "b");

        assertThat(running).singleElement().matches(each -> each.task.equals("b"));
    }

    private NamedTask add(Object row, String name) {
        NamedTask task = new NamedTask(name);
        assertThat(queues.add(row, task)).isTrue();
        return task;
    }

    private void end(String task, boolean over) {
        Attempt attempt = running.stream()
                .filter(each -> each.task.equals(task))
                .findFirst()
                .orElseThrow();
        running.remove(attempt);
        attempt.over.complete(over);
    }
}
