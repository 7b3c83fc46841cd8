package io.heliograph.gateway.live;

import io.heliograph.gateway.live.WatchRequest.LiveSubscription;
import io.heliograph.operations.OperationsChannels;
import io.heliograph.redis.PooledCommand;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/** The samples of the last ten minutes, one per second with all replicas, as encoded JSON. Not thread-safe. */
final class SampleHistory {

    private static final int MAX_ENTRIES = 600;

    /** The bound in characters, of one byte each: ten minutes of 60 replicas. */
    private static final long MAX_CHARACTERS = 16_000_000;

    /** Entries in one frame: some 30 KB for a few replicas. */
    private static final int ENTRIES_PER_FRAME = 20;

    private final Deque<Entry> entries = new ArrayDeque<>();
    private long characters;

    /** @param services a JSON array */
    record Entry(Instant time, String services) {}

    void add(Instant time, String services) {
        entries.add(new Entry(time, services));
        characters += services.length();
        while (entries.size() > MAX_ENTRIES || characters > MAX_CHARACTERS) {
            characters -= entries.remove().services().length();
        }
    }

    /** Replaces all entries. */
    void replace(List<Entry> others) {
        clear();
        others.forEach(entry -> add(entry.time(), entry.services()));
    }

    void clear() {
        entries.clear();
        characters = 0;
    }

    List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Frames with all entries, the oldest first, each encoded on demand. */
    Iterator<Buffer> frames(long intervalMillis) {
        List<Entry> all = new ArrayList<>();
        Instant next = Instant.MIN;
        for (Entry entry : entries) {
            // With half a second of tolerance, since entries are not exactly a second apart.
            if (!entry.time().isBefore(next)) {
                all.add(entry);
                next = entry.time().plusMillis(intervalMillis - LiveSubscription.MIN_INTERVAL);
            }
        }
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < all.size();
            }

            @Override
            public Buffer next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                int end = Math.min(all.size(), at + ENTRIES_PER_FRAME);
                Buffer frame = frame(all.subList(at, end));
                at = end;
                return frame;
            }
        };
    }

    private static Buffer frame(List<Entry> entries) {
        StringBuilder text = new StringBuilder("{\"type\":\"history\",\"samples\":[");
        String separator = "";
        for (Entry entry : entries) {
            text.append(separator)
                    .append("{\"time\":\"")
                    .append(entry.time())
                    .append("\",\"services\":")
                    .append(entry.services())
                    .append('}');
            separator = ",";
        }
        return Buffer.buffer(text.append("]}").toString());
    }

    /** Reads the samples of the last minutes from Redis, where each replica keeps those that it published. */
    static final class HistoryStore {

        /** A script, since RESP 2 and RESP 3 return members with scores in different forms. */
        private static final String READ = "return redis.call('ZRANGE', KEYS[1], ARGV[1], ARGV[2], 'WITHSCORES')";

        /** Samples in one page: some 150 KB, and a few milliseconds of an event loop. */
        private static final int PAGE = 300;

        /** The number of samples that Redis keeps. */
        private static final int MAX_SAMPLES = 20_000;

        private static final long TIMEOUT_MILLIS = 2_000;

        private final Redis redis;

        HistoryStore(Redis redis) {
            this.redis = redis;
        }

        /** The samples that can be read within two seconds, the oldest first. */
        Future<List<Entry>> read() {
            // The last sample of each replica in each second.
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
            return PooledCommand.send(redis, page).compose(samples -> {
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
}
