package io.heliograph.gateway.live;

import io.heliograph.gateway.live.SampleHistory.Entry;
import io.heliograph.gateway.live.WatchRequest.LiveSubscription.LiveTopic;
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
 * The state that watchers of this gateway see: the last sample of each replica, missing replicas, and the history.
 * Empty without watchers. Used from any thread.
 */
@Singleton
final class LiveView {

    /** A replica is missing after three missing samples. */
    private static final long MISSING_NANOS = Duration.ofMillis(3_500).toNanos();

    /** Redis counts as unavailable if not even the samples of this gateway arrive for this long. */
    private static final long OUTAGE_NANOS = Duration.ofMillis(2_500).toNanos();

    /** How long a lost replica is reported as missing; after it the replica has been replaced or removed. */
    private static final long FORGET_NANOS = Duration.ofMinutes(5).toNanos();

    /** The bound of replicas, since anyone with access to Redis can publish samples. */
    private static final int MAX_REPLICAS = 1_000;

    /** The number of services. */
    private static final int SERVICES = 3;

    private final SamplePublisher own;
    private final Alerts alerts;
    private final SampleHistory history = new SampleHistory();
    private final Map<String, LastSample> lastSamples = new TreeMap<>();
    private final List<Runnable> awaitHistory = new ArrayList<>();
    private final Map<Set<LiveTopic>, Buffer> frames = new HashMap<>();

    /** The alerts whose condition holds. */
    private List<Alert> holding = List.of();

    private boolean historyRead;
    private boolean partial;
    private long begunNanos;
    private long lastSampleNanos;
    /** When samples arrived again after an outage of Redis. */
    private long recoveredNanos;

    private record LastSample(ReplicaSample sample, Instant at, long atNanos) {}

    LiveView(SamplePublisher own, Alerts alerts) {
        this.own = own;
        this.alerts = alerts;
    }

    /** The first watcher has connected. */
    synchronized void begin() {
        long now = System.nanoTime();
        partial = false;
        lastSampleNanos = now;
        recoveredNanos = now;
        begunNanos = now;
    }

    /** The last watcher has disconnected. */
    synchronized void end() {
        lastSamples.clear();
        alerts.clear();
        holding = List.of();
        history.clear();
        frames.clear();
        historyRead = false;
    }

    /** Sets the history that was read from Redis; empty if there is none or Redis failed. */
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

    /** Runs the action at once, or later on the thread that reads the history. */
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
            recoveredNanos = now;
        }
        lastSampleNanos = now;
        if (lastSamples.size() < MAX_REPLICAS || lastSamples.containsKey(sample.key())) {
            lastSamples.put(sample.key(), new LastSample(sample, Instant.now(), now));
        }
        frames.clear();
    }

    /** Called once a second while there are watchers. */
    synchronized void tick() {
        long now = System.nanoTime();
        partial = now - lastSampleNanos > OUTAGE_NANOS;
        lastSamples
                .values()
                .removeIf(last ->
                        isSilent(last, now) && (last.sample().draining() || now - last.atNanos() > FORGET_NANOS));
        frames.clear();
        JsonArray services = services(now);
        if (!services.isEmpty()) {
            history.add(Instant.now(), services.encode());
        }
        holding = alerts.decide(series(now), missingServices(now), Instant.now());
    }

    /** The current frame, shared by all watchers of the same topics. */
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

    /** The number of services without a replica; 0 in the first seconds and while Redis is unavailable. */
    private int missingServices(long now) {
        if (partial || now - begunNanos < MISSING_NANOS || now - recoveredNanos < MISSING_NANOS) {
            return 0;
        }
        long services =
                present(now).stream().map(ReplicaSample::name).distinct().count();
        return (int) Math.max(0, SERVICES - services);
    }

    private List<LastSample> missed(long now) {
        return partial
                ? List.of()
                : lastSamples.values().stream()
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

    /** The samples of the present replicas; without Redis only that of this gateway. */
    private Collection<ReplicaSample> present(long now) {
        if (partial) {
            JsonObject latest = own.latest();
            return latest == null
                    ? List.of()
                    : ReplicaSample.of(latest).stream().toList();
        }
        return lastSamples.values().stream()
                .filter(last -> !isSilent(last, now))
                .map(LastSample::sample)
                .toList();
    }

    private boolean isSilent(LastSample last, long now) {
        return now - Math.max(last.atNanos(), recoveredNanos) > MISSING_NANOS;
    }
}
