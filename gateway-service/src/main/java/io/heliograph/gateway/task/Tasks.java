package io.heliograph.gateway.task;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * What this gateway is at and what it has done lately, beside the requests that come and go. What is under way is
 * bounded by who begins it; of what has ended the last are kept. May be used from any thread.
 */
@Singleton
public final class Tasks {

    private final Set<Task> underWay = ConcurrentHashMap.newKeySet();
    private final Map<Kind, Recent> recent = new EnumMap<>(Kind.class);
    private final Map<Kind, Timer> succeeded = new EnumMap<>(Kind.class);
    private final Map<Kind, Timer> failed = new EnumMap<>(Kind.class);

    public Tasks(MeterRegistry registry) {
        for (Kind kind : Kind.values()) {
            recent.put(kind, new Recent());
            succeeded.put(kind, timer(registry, kind, "succeeded"));
            failed.put(kind, timer(registry, kind, "failed"));
            Gauge.builder("heliograph.gateway.tasks.running", () -> running(kind))
                    .description("What takes its time and is under way")
                    .tag("kind", kind.label())
                    .register(registry);
        }
    }

    /** @param subject what it is about, for operators: nothing secret */
    public Task begin(Kind kind, String subject) {
        Task task = new Task(this, kind, subject);
        underWay.add(task);
        return task;
    }

    /** Something that is only now known to have taken its time, or failed. */
    public void ended(Happening happening) {
        (happening.error() == null ? succeeded : failed)
                .get(happening.kind())
                .record(happening.nanos(), TimeUnit.NANOSECONDS);
        recent.get(happening.kind()).add(happening);
    }

    /** The longest first. */
    public List<Happening> underWay() {
        return underWay.stream()
                .map(Task::now)
                .sorted(Comparator.comparingLong(Happening::nanos).reversed())
                .toList();
    }

    /** The last ones of each kind, the latest end first. */
    public List<Happening> recent() {
        return recent.values().stream()
                .flatMap(Recent::stream)
                .sorted(Comparator.comparing(Happening::endedAt).reversed())
                .toList();
    }

    public Timer succeeded(Kind kind) {
        return succeeded.get(kind);
    }

    public Timer failed(Kind kind) {
        return failed.get(kind);
    }

    void ended(Task task, Happening happening) {
        underWay.remove(task);
        ended(happening);
    }

    private long running(Kind kind) {
        return underWay.stream().filter(task -> task.kind() == kind).count();
    }

    private static Timer timer(MeterRegistry registry, Kind kind, String result) {
        return Timer.builder("heliograph.gateway.tasks")
                .description("What took its time, by how it ended")
                .tag("kind", kind.label())
                .tag("result", result)
                .register(registry);
    }
}
