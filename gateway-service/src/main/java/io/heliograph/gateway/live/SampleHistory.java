package io.heliograph.gateway.live;

import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The samples of the last ten minutes, one of all replicas a second, as they go out. Not thread-safe. */
final class SampleHistory {

    private static final int MAX_ENTRIES = 600;

    /** Characters, of one byte each: ten minutes of 60 replicas, and less of more. */
    private static final long MAX_CHARACTERS = 16_000_000;

    /** Of a frame: some 30 KB for a few replicas. */
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

    /** In place of what there is. */
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

    /** Frames with all of it, the oldest first, of which each is made when it is asked for. */
    Iterator<Buffer> frames(long intervalMillis) {
        List<Entry> all = new ArrayList<>();
        Instant next = Instant.MIN;
        for (Entry entry : entries) {
            // Half a second early is on time: entries are not exactly a second apart.
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
}
