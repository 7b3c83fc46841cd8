package io.heliograph.gateway.cache;

import io.heliograph.gateway.cache.CacheEntry.EntryIdentity;
import io.heliograph.gateway.cache.Freshness.FreshnessRules;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Encodes entries, and the {@code Vary} headers of an address, for Redis. The first byte is the version of the format;
 * a record of another version counts as absent.
 */
final class CacheEntryCodec {

    private static final byte ENTRY = 0x11;
    private static final byte VARY = 0x12;
    private static final int MUST_REVALIDATE = 1;
    private static final int NEVER_STALE = 2;
    private static final int SHAREABLE = 4;

    /** The upper bound of strings in a record. */
    private static final int MAX_STRINGS = 1_000;

    private CacheEntryCodec() {}

    static Buffer encode(CacheEntry entry) {
        ByteBuf out = Unpooled.buffer(512 + entry.body().length());
        out.writeByte(ENTRY);
        write(out, entry.identity());
        write(out, entry.freshness());
        out.writeShort(entry.headers().status());
        CharSequence[] fields = entry.headers().namesAndValues();
        out.writeShort(fields.length);
        for (CharSequence field : fields) {
            write(out, field.toString());
        }
        out.writeInt(entry.body().length());
        out.writeBytes(entry.body().getBytes());
        return bytes(out);
    }

    static Buffer encode(VaryHeaders vary) {
        ByteBuf out = Unpooled.buffer(64);
        out.writeByte(VARY);
        write(out, vary.names());
        return bytes(out);
    }

    static boolean isVary(Buffer record) {
        return record.length() > 0 && record.getByte(0) == VARY;
    }

    /** Throws {@link IllegalArgumentException} if the record is invalid. */
    static VaryHeaders decodeVary(Buffer record) {
        try {
            ByteBuf in = Unpooled.wrappedBuffer(record.getBytes());
            expect(in.readByte() == VARY);
            return VaryHeaders.of(readStrings(in));
        } catch (IndexOutOfBoundsException e) {
            throw new IllegalArgumentException("cut off", e);
        }
    }

    /** Throws {@link IllegalArgumentException} if the record is invalid. */
    static CacheEntry decode(Buffer record) {
        try {
            ByteBuf in = Unpooled.wrappedBuffer(record.getBytes());
            expect(in.readByte() == ENTRY);
            EntryIdentity identity = readIdentity(in);
            Freshness freshness = readFreshness(in);
            int status = in.readShort();
            List<String> fields = List.of(readStrings(in));
            byte[] body = new byte[length(in, in.readInt())];
            in.readBytes(body);
            expect(fields.size() % 2 == 0 && !in.isReadable());
            return new CacheEntry(StoredHeaders.of(status, fields), Buffer.buffer(body), freshness, identity);
        } catch (IndexOutOfBoundsException | NullPointerException e) {
            throw new IllegalArgumentException("cut off", e);
        }
    }

    private static Buffer bytes(ByteBuf out) {
        byte[] bytes = new byte[out.readableBytes()];
        out.readBytes(bytes);
        return Buffer.buffer(bytes);
    }

    private static void write(ByteBuf out, EntryIdentity identity) {
        write(out, identity.key());
        write(out, identity.vary().names());
        write(out, identity.values());
        write(out, identity.tags());
        out.writeLong(identity.generation());
    }

    private static EntryIdentity readIdentity(ByteBuf in) {
        String key = read(in);
        VaryHeaders vary = VaryHeaders.of(readStrings(in));
        String[] values = readStrings(in);
        expect(key != null && values.length == vary.names().length);
        return new EntryIdentity(key, vary, values, readStrings(in), in.readLong());
    }

    private static void write(ByteBuf out, Freshness freshness) {
        out.writeLong(freshness.createdMillis());
        out.writeLong(freshness.lifetimeMillis());
        out.writeLong(freshness.whileRevalidateMillis());
        out.writeLong(freshness.ifErrorMillis());
        FreshnessRules rules = freshness.rules();
        out.writeByte((rules.mustRevalidate() ? MUST_REVALIDATE : 0)
                | (rules.neverStale() ? NEVER_STALE : 0)
                | (rules.shareable() ? SHAREABLE : 0));
    }

    private static Freshness readFreshness(ByteBuf in) {
        long created = in.readLong();
        long lifetime = in.readLong();
        long whileRevalidate = in.readLong();
        long ifError = in.readLong();
        int bounds = in.readByte();
        return new Freshness(
                created,
                lifetime,
                whileRevalidate,
                ifError,
                new FreshnessRules(
                        (bounds & MUST_REVALIDATE) != 0, (bounds & NEVER_STALE) != 0, (bounds & SHAREABLE) != 0));
    }

    private static void write(ByteBuf out, String[] texts) {
        out.writeShort(texts.length);
        for (String text : texts) {
            write(out, text);
        }
    }

    private static String[] readStrings(ByteBuf in) {
        int size = in.readShort();
        expect(size >= 0 && size <= MAX_STRINGS);
        String[] texts = new String[size];
        for (int i = 0; i < size; i++) {
            texts[i] = read(in);
        }
        return texts;
    }

    private static void write(ByteBuf out, String text) {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.writeBytes(bytes);
    }

    private static String read(ByteBuf in) {
        int length = in.readInt();
        return length == -1
                ? null
                : in.readCharSequence(length(in, length), StandardCharsets.UTF_8)
                        .toString();
    }

    private static int length(ByteBuf in, int length) {
        expect(length >= 0 && length <= in.readableBytes());
        return length;
    }

    private static void expect(boolean condition) {
        if (!condition) {
            throw new IllegalArgumentException("of another form");
        }
    }
}
