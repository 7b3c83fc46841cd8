package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.cache.Entry.Origin;
import io.heliograph.gateway.cache.Life.Bounds;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LocalEntriesTest {

    private static final VaryNames KIND = VaryNames.of(new String[] {"x-kind"});

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LocalEntries entries = new LocalEntries(new TestConfig(), registry);
    private final Purges purges = new Purges(entries, new Flights());

    @Test
    void shouldTakeNoMoreMemoryThanGiven() {
        for (int i = 0; i < 1_000; i++) {
            entries.put(entry("http://h/" + i, 10_000, 0));
        }

        double bytes = registry.get("heliograph.gateway.cache.bytes").gauge().value();
        assertTrue(bytes > 500_000 && bytes <= 1_000_000, "bytes: " + bytes);
        assertTrue(registry.get("heliograph.gateway.cache.evictions").counter().count() > 800);
    }

    @Test
    void shouldCountTheVariantsOfAnAddress() {
        for (int i = 0; i < 100; i++) {
            entries.put(variant("http://h/a", "kind " + i));
        }

        assertNull(select("http://h/a", "kind 0"));
        assertEquals("kind 99", select("http://h/a", "kind 99").origin().values()[0]);
        double bytes = registry.get("heliograph.gateway.cache.bytes").gauge().value();
        assertTrue(bytes > 16_000 && bytes < 40_000, "bytes: " + bytes);
    }

    @Test
    void shouldDropWhatAPurgeMeansIfItIsOlder() {
        entries.put(entry("http://h/old", 10, 5));
        entries.put(entry("http://h/new", 10, 6));

        purges.learn(new Purge.OfTag("tag"), 6);

        assertNull(entries.find("http://h/old"));
        assertEquals(10, select("http://h/new", "").body().length());
        assertTrue(purges.isPurged(entry("http://h/late", 10, 5)));
        assertEquals(6, purges.generation());
    }

    @Test
    void shouldDropAllThatIsOlderThanWhatItRemembers() {
        Entry untouched = entry("http://h/untouched", 10, 0);
        entries.put(untouched);
        for (int i = 1; i <= 5_001; i++) {
            purges.learn(new Purge.OfAddress("http://h/" + i), i);
        }

        assertNull(entries.find("http://h/untouched"));
        assertTrue(purges.isPurged(untouched));
    }

    @Test
    void shouldTakeForPurgedWhatRedisCouldNotBeToldOf() {
        Entry there = entry("http://h/a", 10, 9);
        purges.begin(new Purge.OfAddress("http://h/a"));

        assertTrue(purges.isPurgedThere(there));
        purges.told(new Purge.OfAddress("http://h/a"), 9);
        assertEquals(false, purges.isPurgedThere(there));

        for (int i = 0; i < 1_001; i++) {
            purges.begin(new Purge.OfAddress("http://h/" + i));
        }
        assertTrue(purges.isPurgedThere(there));
        assertTrue(purges.untold().size() <= 1_000);
    }

    private Entry select(String key, String kind) {
        return entries.find(key).select(MultiMap.caseInsensitiveMultiMap().add("X-Kind", kind));
    }

    private static Entry entry(String key, int size, long generation) {
        return new Entry(
                Head.of(200, List.of()),
                Buffer.buffer(new byte[size]),
                new Life(0, 0, 0, 0, new Bounds(false, false, true)),
                new Origin(key, VaryNames.NONE, new String[0], new String[] {"tag"}, generation));
    }

    private static Entry variant(String key, String kind) {
        return new Entry(
                Head.of(200, List.of()),
                Buffer.buffer(new byte[1_000]),
                new Life(0, 0, 0, 0, new Bounds(false, false, true)),
                new Origin(key, KIND, new String[] {kind}, new String[0], 0));
    }
}
