package io.heliograph.gateway.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.gateway.cache.Entry.Origin;
import io.heliograph.gateway.cache.Life.Bounds;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class EntryCodecTest {

    private final Entry entry = new Entry(
            Head.of(404, List.of("ETag", "\"1\"", "X-Text", "ünï")),
            Buffer.buffer(new byte[] {0, -1, 7}),
            new Life(1, 2, 3, 4, new Bounds(true, false, true)),
            new Origin(
                    "http://h/a",
                    VaryNames.of(new String[] {"accept", "origin"}),
                    new String[] {"x", null},
                    new String[] {"t"},
                    5));

    @Test
    void shouldReadWhatItHasWritten() {
        Entry read = EntryCodec.decode(EntryCodec.encode(entry));

        assertEquals(404, read.head().status());
        assertEquals("ünï", read.head().find("x-text"));
        assertEquals(entry.body(), read.body());
        assertEquals(entry.life(), read.life());
        assertArrayEquals(entry.origin().values(), read.origin().values());
        assertArrayEquals(entry.origin().vary().names(), read.origin().vary().names());
        assertArrayEquals(entry.origin().tags(), read.origin().tags());
        assertEquals("http://h/a", read.origin().key());
        assertEquals(5, read.origin().generation());
    }

    @Test
    void shouldRefuseWhatIsCutOffOrOfAnotherForm() {
        Buffer whole = EntryCodec.encode(entry);

        for (int length = 0; length < whole.length(); length++) {
            Buffer part = whole.getBuffer(0, length);
            assertThrows(IllegalArgumentException.class, () -> EntryCodec.decode(part));
        }
        for (int i = 0; i < whole.length(); i++) {
            Buffer broken = whole.copy().setByte(i, (byte) 0x7f);
            try {
                EntryCodec.decode(broken);
            } catch (IllegalArgumentException refused) {
                // Either is fine, but nothing else.
            }
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> EntryCodec.decode(whole.copy().setByte(0, (byte) 1)));
    }
}
