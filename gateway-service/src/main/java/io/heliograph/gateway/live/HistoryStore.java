package io.heliograph.gateway.live;

import io.heliograph.gateway.live.SampleHistory.Entry;
import io.heliograph.operations.OperationsChannels;
import io.heliograph.operations.RedisCommands;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** Reads the samples of the last minutes from Redis, where each replica keeps those that it published. */
final class HistoryStore {

    /** A member and its score in turn, as RESP 2 and 3 would not give them alike. */
    private static final String READ = "return redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'WITHSCORES')";

    /** Samples in one answer: some 150 KB, and a few milliseconds of an event loop. */
    private static final int PAGE = 300;

    /** As many as Redis keeps. */
    private static final int MAX_SAMPLES = 20_000;

    private static final long TIMEOUT_MILLIS = 2_000;

    private final Redis redis;

    HistoryStore(Redis redis) {
        this.redis = redis;
    }

    /** All that can be read within two seconds, the oldest first. */
    Future<List<Entry>> read() {
        // Of each second the last sample of each replica.
        SortedMap<Long, Map<String, ReplicaSample>> seconds = new ConcurrentSkipListMap<>();
        return read(seconds, 0)
                .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .map(done -> entries(seconds));
    }

    private Future<Void> read(SortedMap<Long, Map<String, ReplicaSample>> seconds, int offset) {
        Request page = Request.cmd(Command.EVAL)
                .arg(READ)
                .arg(1)
                .arg(OperationsChannels.HISTORY)
                .arg(offset)
                .arg(offset + PAGE - 1);
        return RedisCommands.send(redis, page).compose(samples -> {
            add(samples, seconds);
            int next = offset + PAGE;
            boolean more = samples.size() >= 2 * PAGE && next < MAX_SAMPLES;
            return more ? read(seconds, next) : Future.succeededFuture();
        });
    }

    private static void add(Response samples, SortedMap<Long, Map<String, ReplicaSample>> seconds) {
        for (int i = 0; i + 1 < samples.size(); i += 2) {
            long second = samples.get(i + 1).toLong() / 1_000;
            ReplicaSample.parse(samples.get(i).toString())
                    .ifPresent(sample -> seconds.computeIfAbsent(second, none -> new ConcurrentSkipListMap<>())
                            .put(sample.key(), sample));
        }
    }

    private static List<Entry> entries(SortedMap<Long, Map<String, ReplicaSample>> seconds) {
        List<Entry> entries = new ArrayList<>();
        seconds.forEach((second, samples) -> {
            JsonArray services = new JsonArray();
            samples.values().forEach(sample -> services.add(sample.figures()));
            entries.add(new Entry(Instant.ofEpochSecond(second), services.encode()));
        });
        return entries;
    }
}
