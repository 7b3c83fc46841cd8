package io.heliograph.gateway.task;

import io.heliograph.auth.KeyFetchListener;
import io.heliograph.gateway.task.Task.TaskKind;
import io.heliograph.gateway.task.Task.TaskRecord;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The running and the recent tasks of this gateway. The number of running tasks is bounded by the code that starts
 * them, the number of recent ones here. Used from any thread.
 */
@Singleton
public final class Tasks {

    private final Set<Task> running = ConcurrentHashMap.newKeySet();
    private final Map<TaskKind, RecentTasks> recent = new EnumMap<>(TaskKind.class);
    private final Map<TaskKind, Timer> succeeded = new EnumMap<>(TaskKind.class);
    private final Map<TaskKind, Timer> failed = new EnumMap<>(TaskKind.class);
    /** The last failure of each kind, which successes do not displace. */
    private final Map<TaskKind, TaskRecord> lastFailures = new ConcurrentHashMap<>();

    public Tasks(MeterRegistry registry) {
        for (TaskKind kind : TaskKind.values()) {
            recent.put(kind, new RecentTasks());
            succeeded.put(kind, timer(registry, kind, "succeeded"));
            failed.put(kind, timer(registry, kind, "failed"));
            Gauge.builder("heliograph.gateway.tasks.running", () -> runningCount(kind))
                    .description("Running tasks")
                    .tag("kind", kind.label())
                    .register(registry);
        }
    }

    /** @param subject the subject, for operators; nothing secret */
    public Task begin(TaskKind kind, String subject) {
        Task task = new Task(kind, subject, this::onEnd);
        running.add(task);
        return task;
    }

    /** Records a task that was not begun as one. */
    public void record(TaskRecord record) {
        (record.error() == null ? succeeded : failed).get(record.kind()).record(record.nanos(), TimeUnit.NANOSECONDS);
        recent.get(record.kind()).add(record);
        if (record.error() != null) {
            lastFailures.put(record.kind(), record);
        }
    }

    /** The running tasks, the longest first. */
    public List<TaskRecord> running() {
        return running.stream()
                .map(Task::now)
                .sorted(Comparator.comparingLong(TaskRecord::nanos).reversed())
                .toList();
    }

    /** The recent tasks of each kind, the latest first. */
    public List<TaskRecord> recent() {
        return recent.values().stream()
                .flatMap(RecentTasks::stream)
                .sorted(Comparator.comparing(TaskRecord::endedAt).reversed())
                .toList();
    }

    public Timer succeeded(TaskKind kind) {
        return succeeded.get(kind);
    }

    public Timer failed(TaskKind kind) {
        return failed.get(kind);
    }

    /** The last failure of a kind; null if there was none. */
    public TaskRecord lastFailure(TaskKind kind) {
        return lastFailures.get(kind);
    }

    private void onEnd(Task task, TaskRecord record) {
        running.remove(task);
        record(record);
    }

    private long runningCount(TaskKind kind) {
        return running.stream().filter(task -> task.kind() == kind).count();
    }

    private static Timer timer(MeterRegistry registry, TaskKind kind, String result) {
        return Timer.builder("heliograph.gateway.tasks")
                .description("Completed tasks by result")
                .tag("kind", kind.label())
                .tag("result", result)
                .register(registry);
    }

    /** The last tasks of one kind. Each kind has its own, so that frequent kinds do not displace rare ones. */
    static final class RecentTasks {

        /** The number of recent tasks; some 4 KB. */
        private static final int KEPT = 20;

        private final AtomicReferenceArray<TaskRecord> last = new AtomicReferenceArray<>(KEPT);
        private final AtomicInteger count = new AtomicInteger();

        void add(TaskRecord record) {
            last.set(Math.floorMod(count.getAndIncrement(), KEPT), record);
        }

        Stream<TaskRecord> stream() {
            return IntStream.range(0, KEPT).mapToObj(last::get).filter(Objects::nonNull);
        }
    }

    /** Records each fetch of the keys of a token issuer as a task. */
    @Singleton
    static final class KeyFetchTasks implements KeyFetchListener {

        private final Tasks tasks;

        KeyFetchTasks(Tasks tasks) {
            this.tasks = tasks;
        }

        @Override
        public Consumer<Throwable> begin(String location) {
            return tasks.begin(TaskKind.KEY_REFRESH, location)::complete;
        }
    }
}
