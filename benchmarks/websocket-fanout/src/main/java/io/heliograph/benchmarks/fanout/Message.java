package io.heliograph.benchmarks.fanout;

/** The broadcast of every contestant: 100 bytes of JSON with a number that the client checks. */
final class Message {

    static final int BYTES = 100;

    private static final String HEAD = "{\"type\":\"message\",\"seq\":";
    private static final String TAIL = ",\"content\":\"" + "x".repeat(BYTES - HEAD.length() - 10 - 14) + "\"}";

    private Message() {}

    /** A number of ten digits keeps every message at the same length. */
    static String text(long seq) {
        return HEAD + (1_000_000_000L + seq) + TAIL;
    }
}
