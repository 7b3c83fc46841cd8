package io.heliograph.message.delivery;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.List;

/**
 * Changes of one room as the bytes that are written to every socket: complete WebSocket frames, encoded once. It holds
 * all revisions after {@code after} and up to {@code upTo}. The creator holds one reference; other holders retain it.
 *
 * <p>A broadcast that was read back has each message once, in its present state, for a subscriber at {@code after} that
 * knows every message up to {@code known}. If there is {@code more}, a message from before {@code upTo} that has
 * changed again follows later.
 */
final class Broadcast {

    /** The position of subscribers before the broadcast, and the revision that they have after it. */
    record Span(long after, long known, long upTo) {}

    private static final int FINAL_TEXT_FRAME = 0x81;
    private static final int MAX_HEADER = 10;

    private final long after;
    private final long known;
    private final long upTo;
    private final long[] revs;
    private final int[] starts;
    private final long committedMillis;
    private final ByteBuf bytes;
    private final boolean readBack;
    private final boolean more;

    private Broadcast(Span span, List<Change> changes, boolean readBack, boolean more) {
        this.after = span.after;
        this.known = span.known;
        this.upTo = span.upTo;
        this.revs = new long[changes.size()];
        this.starts = new int[changes.size()];
        this.committedMillis = changes.isEmpty() ? 0 : changes.get(0).committedMillis();
        this.readBack = readBack;
        this.more = more;
        this.bytes = buffer(changes);
        for (int i = 0; i < revs.length; i++) {
            revs[i] = changes.get(i).rev();
            starts[i] = bytes.writerIndex();
            writeFrame(bytes, changes.get(i).frame());
        }
    }

    /** A broadcast of all changes, each as its own frame. */
    static Broadcast live(long after, long upTo, List<Change> changes) {
        return new Broadcast(new Span(after, after, upTo), changes, false, false);
    }

    static Broadcast readBack(Span span, List<Change> changes, boolean more) {
        return new Broadcast(span, changes, true, more);
    }

    private static ByteBuf buffer(List<Change> changes) {
        int size = changes.stream()
                .mapToInt(change -> change.frame().length + MAX_HEADER)
                .sum();
        return ByteBufAllocator.DEFAULT.directBuffer(size);
    }

    /** One frame for many sockets, which keep slices of it; the caller releases it. */
    static ByteBuf frame(byte[] text) {
        ByteBuf bytes = ByteBufAllocator.DEFAULT.directBuffer(text.length + MAX_HEADER);
        writeFrame(bytes, text);
        return bytes;
    }

    /** Writes an unmasked, unfragmented text frame (RFC 6455, section 5.2). */
    static void writeFrame(ByteBuf bytes, byte[] text) {
        bytes.writeByte(FINAL_TEXT_FRAME);
        if (text.length < 126) {
            bytes.writeByte(text.length);
        } else if (text.length < 65_536) {
            bytes.writeByte(126).writeShort(text.length);
        } else {
            bytes.writeByte(127).writeLong(text.length);
        }
        bytes.writeBytes(text);
    }

    long after() {
        return after;
    }

    long upTo() {
        return upTo;
    }

    boolean more() {
        return more;
    }

    long known() {
        return known;
    }

    boolean isReadBack() {
        return readBack;
    }

    /** The commit time of the first change, in milliseconds of Unix time; 0 if it is not known. */
    long committedMillis() {
        return committedMillis;
    }

    int size() {
        return bytes.readableBytes();
    }

    /** The frames that a subscriber at {@code rev} still needs; the caller releases them. */
    ByteBuf framesAfter(long rev) {
        if (rev <= after) {
            return bytes.retainedDuplicate();
        }
        int from = firstAfter(rev);
        return from == revs.length
                ? bytes.retainedSlice(0, 0)
                : bytes.retainedSlice(starts[from], size() - starts[from]);
    }

    /** The number of changes that a subscriber at {@code rev} still needs. */
    int changesAfter(long rev) {
        return rev <= after ? revs.length : revs.length - firstAfter(rev);
    }

    void retain() {
        bytes.retain();
    }

    void release() {
        bytes.release();
    }

    private int firstAfter(long rev) {
        int index = 0;
        while (index < revs.length && revs[index] <= rev) {
            index++;
        }
        return index;
    }
}
