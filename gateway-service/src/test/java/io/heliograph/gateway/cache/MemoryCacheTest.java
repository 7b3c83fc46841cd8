package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.cache.CacheEntry.EntryIdentity;
import io.heliograph.gateway.cache.Freshness.FreshnessRules;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryCacheTest {

    private static final VaryHeaders KIND = VaryHeaders.of(new String[] {"x-kind"});

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MemoryCache entries = new MemoryCache(new TestConfig(), registry);
    private final PurgeLog log = new PurgeLog(entries, new RequestCoalescer());

    @Test
    void shouldBoundItsMemory() {
        for (int i = 0; i < 1_000; i++) {
            entries.put(entry("http://h/" + i, 10_000, 0));
        }

        double bytes = registry.get("heliograph.gateway.cache.bytes").gauge().value();
        assertTrue(bytes > 500_000 && bytes <= 1_000_000, "bytes: " + bytes);
        assertTrue(registry.get("heliograph.gateway.cache.evictions").counter().count() > 800);
    }

    @Test
    void shouldBoundTheVariantsOfAKey() {
        for (int i = 0; i < 100; i++) {
            entries.put(variant("http://h/a", "kind " + i));
        }

        assertNull(select("http://h/a", "kind 0"));
        assertEquals("kind 99", select("http://h/a", "kind 99").identity().values()[0]);
        double bytes = registry.get("heliograph.gateway.cache.bytes").gauge().value();
        assertTrue(bytes > 16_000 && bytes < 40_000, "bytes: " + bytes);
    }

    @Test
    void shouldInvalidateOlderEntriesThatAPurgeMatches() {
        entries.put(entry("http://h/old", 10, 5));
        entries.put(entry("http://h/new", 10, 6));

        log.record(new Purge.OfTag("tag"), 6);

        assertNull(entries.find("http://h/old"));
        assertEquals(10, select("http://h/new", "").body().length());
        assertTrue(log.isPurged(entry("http://h/late", 10, 5)));
        assertEquals(6, log.generation());
    }

    @Test
    void shouldInvalidateEntriesOlderThanTheLog() {
        CacheEntry untouched = entry("http://h/untouched", 10, 0);
        entries.put(untouched);
        for (int i = 1; i <= 5_001; i++) {
            log.record(new Purge.OfAddress("http://h/" + i), i);
        }

        assertNull(entries.find("http://h/untouched"));
        assertTrue(log.isPurged(untouched));
    }

    @Test
    void shouldTreatUnpublishedPurgesAsPurged() {
        CacheEntry there = entry("http://h/a", 10, 9);
        log.start(new Purge.OfAddress("http://h/a"));

        assertTrue(log.isPurgedInRedis(there));
        log.published(new Purge.OfAddress("http://h/a"), 9);
        assertEquals(false, log.isPurgedInRedis(there));

        for (int i = 0; i < 1_001; i++) {
            log.start(new Purge.OfAddress("http://h/" + i));
        }
        assertTrue(log.isPurgedInRedis(there));
        assertTrue(log.unpublished().size() <= 1_000);
    }

    private CacheEntry select(String key, String kind) {
        return entries.find(key).select(MultiMap.caseInsensitiveMultiMap().add("X-Kind", kind));
    }

    private static CacheEntry entry(String key, int size, long generation) {
        return new CacheEntry(
                StoredHeaders.of(200, List.of()),
                Buffer.buffer(new byte[size]),
                new Freshness(0, 0, 0, 0, new FreshnessRules(false, false, true)),
                new EntryIdentity(key, VaryHeaders.NONE, new String[0], new String[] {"tag"}, generation));
    }

    private static CacheEntry variant(String key, String kind) {
        return new CacheEntry(
                StoredHeaders.of(200, List.of()),
                Buffer.buffer(new byte[1_000]),
                new Freshness(0, 0, 0, 0, new FreshnessRules(false, false, true)),
                new EntryIdentity(key, KIND, new String[] {kind}, new String[0], 0));
    }
}
