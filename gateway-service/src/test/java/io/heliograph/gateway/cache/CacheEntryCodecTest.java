package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.gateway.cache.CacheEntry.EntryIdentity;
import io.heliograph.gateway.cache.Freshness.FreshnessRules;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class CacheEntryCodecTest {

    private final CacheEntry entry = new CacheEntry(
            StoredHeaders.of(404, List.of("ETag", "\"1\"", "X-Text", "ünï")),
            Buffer.buffer(new byte[] {0, -1, 7}),
            new Freshness(1, 2, 3, 4, new FreshnessRules(true, false, true)),
            new EntryIdentity(
                    "http://h/a",
                    VaryHeaders.of(new String[] {"accept", "origin"}),
                    new String[] {"x", null},
                    new String[] {"t"},
                    5));

    @Test
    void shouldDecodeAnEncodedEntry() {
        CacheEntry read = CacheEntryCodec.decode(CacheEntryCodec.encode(entry));

        assertEquals(404, read.headers().status());
        assertEquals("ünï", read.headers().find("x-text"));
        assertEquals(entry.body(), read.body());
        assertEquals(entry.freshness(), read.freshness());
        assertArrayEquals(entry.identity().values(), read.identity().values());
        assertArrayEquals(
                entry.identity().vary().names(), read.identity().vary().names());
        assertArrayEquals(entry.identity().tags(), read.identity().tags());
        assertEquals("http://h/a", read.identity().key());
        assertEquals(5, read.identity().generation());
    }

    @Test
    void shouldRejectIncompleteOrInvalidRecords() {
        Buffer whole = CacheEntryCodec.encode(entry);

        for (int length = 0; length < whole.length(); length++) {
            Buffer part = whole.getBuffer(0, length);
            assertThrows(IllegalArgumentException.class, () -> CacheEntryCodec.decode(part));
        }
        for (int i = 0; i < whole.length(); i++) {
            Buffer broken = whole.copy().setByte(i, (byte) 0x7f);
            try {
                CacheEntryCodec.decode(broken);
            } catch (IllegalArgumentException refused) {
                // Either is fine, but nothing else.
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> CacheEntryCodec.decode(whole.copy().setByte(0, (byte) 1)));
    }
}
