package io.heliograph.benchmarks.harness.load;

import java.nio.charset.StandardCharsets;

/**
 * The JSON of one frame where it lies in the read buffer: good during the callback only. Fields are found by scanning
 * for their names, which is enough for frames whose text we have sent ourselves, and costs no allocation.
 */
public final class Frame {

    private static final byte[] TYPE = "{\"type\":\"".getBytes(StandardCharsets.US_ASCII);

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

    /** The number after {@code "field":}, which is given with its quotes and colon. */
    public long number(byte[] field) {
        long value = 0;
        for (int i = find(field); i < end && bytes[i] >= '0' && bytes[i] <= '9'; i++) {
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    /** For people. */
    @Override
    public String toString() {
        return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }

    /** A field name as {@link #number} wants it. */
    public static byte[] field(String name) {
        return ('"' + name + "\":").getBytes(StandardCharsets.US_ASCII);
    }

    private int find(byte[] field) {
        for (int i = start; i <= end - field.length; i++) {
            if (matches(field, i)) {
                return i + field.length;
            }
        }
        throw new IllegalStateException("no " + new String(field, StandardCharsets.US_ASCII) + " in " + this);
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
