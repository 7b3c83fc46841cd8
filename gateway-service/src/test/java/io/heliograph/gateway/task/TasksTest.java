package io.heliograph.gateway.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Task.TaskRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class TasksTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Tasks tasks = new Tasks(registry);

    @Test
    void shouldKeepTheRecentTasksOfEachKind() {
        tasks.begin(TaskKind.KEY_REFRESH, "issuer").failed("timeout");
        for (int i = 0; i < 1_000; i++) {
            tasks.begin(TaskKind.CACHE_FETCH, "fetch " + i).succeeded();
        }

        List<TaskRecord> recent = tasks.recent();

        assertEquals(21, recent.size());
        assertTrue(recent.stream()
                .anyMatch(task -> task.kind() == TaskKind.KEY_REFRESH && "timeout".equals(task.error())));
        assertTrue(recent.stream().anyMatch(task -> task.subject().equals("fetch 999")));
        assertEquals(1_000, tasks.succeeded(TaskKind.CACHE_FETCH).count());
        assertEquals(1, tasks.failed(TaskKind.KEY_REFRESH).count());
    }

    @Test
    void shouldKeepTheLastFailureDespiteLaterSuccesses() {
        assertNull(tasks.lastFailure(TaskKind.KEY_REFRESH));
        tasks.begin(TaskKind.KEY_REFRESH, "issuer").failed("timeout");
        for (int i = 0; i < 100; i++) {
            tasks.begin(TaskKind.KEY_REFRESH, "issuer").succeeded();
        }

        assertEquals("timeout", tasks.lastFailure(TaskKind.KEY_REFRESH).error());
    }

    @Test
    void shouldEndATaskOnce() {
        Task task = tasks.begin(TaskKind.BATCH, "3 requests");
        assertEquals(1, tasks.running().size());
        assertEquals(1, running());

        task.failed("batch_timeout");
        task.succeeded();

        assertTrue(tasks.running().isEmpty());
        assertEquals(0, running());
        assertEquals(0, tasks.succeeded(TaskKind.BATCH).count());
        assertEquals("batch_timeout", tasks.recent().get(0).error());
    }

    private double running() {
        return registry.get("heliograph.gateway.tasks.running")
                .tag("kind", "batch")
                .gauge()
                .value();
    }
}
