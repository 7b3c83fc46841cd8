package io.heliograph.benchmarks.harness.load;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The JSON of one frame where it lies in the read buffer: good during the callback only. Fields are found by scanning
 * for their names, which is enough for frames whose text we have sent ourselves, and costs no allocation.
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

    /** Whether this is a frame of the type, given as ASCII. */
    public boolean is(byte[] type) {
        int at = start + TYPE.length;
        return matches(TYPE, start) && matches(type, at) && bytes[at + type.length] == '"';
    }

    public boolean startsWith(byte[] ascii) {
        return matches(ascii, start);
    }

    /** The number after {@code "field":}, which is given with its quotes and colon. */
    public long number(byte[] field) {
        return numberAt(present(field));
    }

    /** All the numbers after {@code "field":}, in their order. */
    public void numbers(byte[] field, LongConsumer each) {
        for (int at = find(field, start); at < end; at = find(field, at)) {
            each.accept(numberAt(at));
        }
    }

    /** The text after {@code "field":}, which has no escapes. */
    public String text(byte[] field) {
        return textUntilQuote(present(field) + 1);
    }

    /** The text that is last in an array, without escapes. */
    public String lastText() {
        int from = end - "\"]".length();
        while (bytes[from - 1] != '"') {
            from--;
        }
        return textUntilQuote(from);
    }

    /** The documents of a frame that has several, one on each line; each is good during its callback only. */
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

    /** For people. */
    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** A field name as {@link #number} wants it. */
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

    /** The first place behind it, or the end if it is not there. */
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
        // Some write a space after the colon.
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
