package io.heliograph.benchmarks.harness.load;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The JSON of one frame inside the read buffer, valid only during the callback. Fields are found by a scan for their
 * names. This is sufficient for frames whose text the load has sent itself, and allocates nothing.
 */
public final class Frame {

    private static final byte[] TYPE = ascii("{\"type\":\"");

    private byte[] bytes;
    private int start;
    private int end;

    Frame at(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.start = start;
        this.end = end;
        return this;
    }

    /** Whether this frame has the given type, in ASCII. */
    public boolean is(byte[] type) {
        int at = start + TYPE.length;
        return matches(TYPE, start) && matches(type, at) && bytes[at + type.length] == '"';
    }

    public boolean startsWith(byte[] ascii) {
        return matches(ascii, start);
    }

    /** The number after {@code "field":}. The argument includes the quotes and the colon. */
    public long number(byte[] field) {
        return numberAt(present(field));
    }

    /** All numbers after {@code "field":}, in order. */
    public void numbers(byte[] field, LongConsumer each) {
        for (int at = find(field, start); at < end; at = find(field, at)) {
            each.accept(numberAt(at));
        }
    }

    /** The string after {@code "field":}, which contains no escapes. */
    public String text(byte[] field) {
        return textUntilQuote(present(field) + 1);
    }

    /** The last string of an array, without escapes. */
    public String lastText() {
        int from = end - "\"]".length();
        while (bytes[from - 1] != '"') {
            from--;
        }
        return textUntilQuote(from);
    }

    /** The documents of a frame with one document per line. Each is valid only during its callback. */
    public void lines(Consumer<Frame> each) {
        Frame line = new Frame();
        int from = start;
        for (int i = start; i <= end; i++) {
            if (i == end || bytes[i] == '\n') {
                if (i > from) {
                    each.accept(line.at(bytes, from, i));
                }
                from = i + 1;
            }
        }
    }

    /** For messages of exceptions. */
    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** A field name in the form that {@link #number} expects. */
    public static byte[] field(String name) {
        return ascii('"' + name + "\":");
    }

    public static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private int present(byte[] field) {
        int at = find(field, start);
        if (at == end) {
            throw new IllegalStateException("no " + new String(field, StandardCharsets.US_ASCII) + " in " + this);
        }
        return at;
    }

    /** The first position after the match, or {@code end} if there is no match. */
    private int find(byte[] ascii, int from) {
        for (int i = from; i < end - ascii.length; i++) {
            if (matches(ascii, i)) {
                return i + ascii.length;
            }
        }
        return end;
    }

    private long numberAt(int at) {
        long value = 0;
        // Some servers write a space after the colon.
        for (int i = bytes[at] == ' ' ? at + 1 : at; i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private String textUntilQuote(int from) {
        int to = from;
        while (to < end && bytes[to] != '"') {
            to++;
        }
        return new String(bytes, from, to - from, StandardCharsets.US_ASCII);
    }

    private boolean matches(byte[] expected, int at) {
        if (at + expected.length > end) {
            return false;
        }
        for (int i = 0; i < expected.length; i++) {
            if (bytes[at + i] != expected[i]) {
                return false;
            }
        }
        return true;
    }
}
