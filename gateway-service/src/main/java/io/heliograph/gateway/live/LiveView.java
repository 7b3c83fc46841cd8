package io.heliograph.gateway.live;

import io.heliograph.gateway.live.LiveSubscription.LiveTopic;
import io.heliograph.gateway.live.SampleHistory.Entry;
import io.heliograph.gateway.live.alert.Alerts;
import io.heliograph.gateway.live.alert.Alerts.Alert;
import io.heliograph.gateway.live.alert.Alerts.Series;
import io.heliograph.operations.SamplePublisher;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * What watchers of this gateway see: the last sample of each replica, those that are missing, and the last minutes.
 * Knows nothing while nobody watches. Used from any thread.
 */
@Singleton
final class LiveView {

    /** Three samples did not come. */
    private static final long SILENT_NANOS = Duration.ofMillis(3_500).toNanos();

    /** Nothing comes at all, not even what this gateway publishes itself: then it is Redis that is away. */
    private static final long UNHEARD_NANOS = Duration.ofMillis(2_500).toNanos();

    /** So long a replica that was lost is missed; by then it has been replaced, or taken out on purpose. */
    private static final long MISSED_NANOS = Duration.ofMinutes(5).toNanos();

    /** More than anyone runs; what anyone may publish must not fill the memory. */
    private static final int MAX_REPLICAS = 1_000;

    /** Gateway, users and messages. */
    private static final int SERVICES = 3;

    private final SamplePublisher own;
    private final Alerts alerts;
    private final SampleHistory history = new SampleHistory();
    private final Map<String, Heard> heard = new TreeMap<>();
    private final List<Runnable> awaitHistory = new ArrayList<>();
    private final Map<Set<LiveTopic>, Buffer> frames = new HashMap<>();

    /** The alerts whose condition holds. */
    private List<Alert> holding = List.of();

    private boolean historyRead;
    private boolean partial;
    private long begunNanos;
    private long heardNanos;
    /** Since when samples come again after Redis was away. */
    private long healedNanos;

    private record Heard(ReplicaSample sample, Instant at, long atNanos) {}

    LiveView(SamplePublisher own, Alerts alerts) {
        this.own = own;
        this.alerts = alerts;
    }

    /** Someone watches from now on. */
    synchronized void begin() {
        long now = System.nanoTime();
        partial = false;
        heardNanos = now;
        healedNanos = now;
        begunNanos = now;
    }

    /** Nobody watches any more. */
    synchronized void end() {
        heard.clear();
        alerts.clear();
        holding = List.of();
        history.clear();
        frames.clear();
        historyRead = false;
    }

    /** The history that others saw until now; empty if nobody watched, or Redis does not tell. */
    void historyRead(List<Entry> entries) {
        List<Runnable> waiting;
        synchronized (this) {
            List<Entry> all = new ArrayList<>(entries);
            history.entries().stream()
                    .filter(entry -> entries.isEmpty()
                            || entry.time()
                                    .isAfter(entries.get(entries.size() - 1).time()))
                    .forEach(all::add);
            history.replace(all);
            historyRead = true;
            waiting = List.copyOf(awaitHistory);
            awaitHistory.clear();
        }
        waiting.forEach(Runnable::run);
    }

    /** On this thread at once, or on that which reads it. */
    void whenHistoryIsRead(Runnable action) {
        synchronized (this) {
            if (!historyRead) {
                awaitHistory.add(action);
                return;
            }
        }
        action.run();
    }

    synchronized Iterator<Buffer> history(long intervalMillis) {
        return history.frames(intervalMillis);
    }

    synchronized void receive(ReplicaSample sample) {
        long now = System.nanoTime();
        if (partial) {
            partial = false;
            healedNanos = now;
        }
        heardNanos = now;
        if (heard.size() < MAX_REPLICAS || heard.containsKey(sample.key())) {
            heard.put(sample.key(), new Heard(sample, Instant.now(), now));
        }
        frames.clear();
    }

    /** Once a second while someone watches. */
    synchronized void tick() {
        long now = System.nanoTime();
        partial = now - heardNanos > UNHEARD_NANOS;
        heard.values()
                .removeIf(last ->
                        isSilent(last, now) && (last.sample().draining() || now - last.atNanos() > MISSED_NANOS));
        frames.clear();
        JsonArray services = services(now);
        if (!services.isEmpty()) {
            history.add(Instant.now(), services.encode());
        }
        holding = alerts.decide(series(now), missingServices(now), Instant.now());
    }

    /** Shared by all who ask for the same before the next sample comes. */
    synchronized Buffer frame(Set<LiveTopic> topics) {
        return frames.computeIfAbsent(Set.copyOf(topics), this::encode);
    }

    private Buffer encode(Set<LiveTopic> topics) {
        long now = System.nanoTime();
        JsonObject frame = new JsonObject()
                .put("type", "sample")
                .put("time", Instant.now().toString())
                .put("partial", partial);
        if (topics.contains(LiveTopic.SERVICES)) {
            frame.put("services", services(now)).put("missing", missing(now));
        }
        if (topics.contains(LiveTopic.ALERTS)) {
            Instant time = Instant.now();
            frame.put("alerts", alerts(alert -> alert.isFiring(time)))
                    .put("pendingAlerts", alerts(alert -> !alert.isFiring(time)));
        }
        if (topics.contains(LiveTopic.TASKS)) {
            frame.put("tasks", tasks(now));
        }
        return frame.toBuffer();
    }

    private JsonArray services(long now) {
        JsonArray services = new JsonArray();
        present(now).forEach(sample -> services.add(sample.figures()));
        return services;
    }

    private JsonArray tasks(long now) {
        JsonArray tasks = new JsonArray();
        present(now).forEach(sample -> tasks.addAll(sample.tasks()));
        return tasks;
    }

    private JsonArray alerts(Predicate<Alert> which) {
        JsonArray described = new JsonArray();
        holding.stream()
                .filter(which)
                .forEach(alert -> described.add(new JsonObject()
                        .put("name", alert.name())
                        .put("severity", alert.severity())
                        .put("message", alert.message())
                        .put("since", alert.since().toString())
                        .put("firesAt", alert.firesAt().toString())
                        .put("runbook", alert.runbook())));
        return described;
    }

    private List<Series> series(long now) {
        List<Series> series = new ArrayList<>();
        present(now).forEach(sample -> series.addAll(sample.gauges()));
        missed(now).forEach(last -> series.add(last.sample().down()));
        return series;
    }

    /** Which of the services has no replica; 0 in the first seconds, and while others cannot be heard. */
    private int missingServices(long now) {
        if (partial || now - begunNanos < SILENT_NANOS || now - healedNanos < SILENT_NANOS) {
            return 0;
        }
        long services =
                present(now).stream().map(ReplicaSample::name).distinct().count();
        return (int) Math.max(0, SERVICES - services);
    }

    private List<Heard> missed(long now) {
        return partial
                ? List.of()
                : heard.values().stream()
                        .filter(last -> isSilent(last, now) && !last.sample().draining())
                        .toList();
    }

    private JsonArray missing(long now) {
        JsonArray missing = new JsonArray();
        missed(now)
                .forEach(last -> missing.add(new JsonObject()
                        .put("name", last.sample().name())
                        .put("replica", last.sample().replica())
                        .put("since", last.at().toString())));
        return missing;
    }

    /** Without Redis this gateway knows nothing of others. */
    private Collection<ReplicaSample> present(long now) {
        if (partial) {
            JsonObject latest = own.latest();
            return latest == null
                    ? List.of()
                    : ReplicaSample.of(latest).stream().toList();
        }
        return heard.values().stream()
                .filter(last -> !isSilent(last, now))
                .map(Heard::sample)
                .toList();
    }

    private boolean isSilent(Heard last, long now) {
        return now - Math.max(last.atNanos(), healedNanos) > SILENT_NANOS;
    }
}
