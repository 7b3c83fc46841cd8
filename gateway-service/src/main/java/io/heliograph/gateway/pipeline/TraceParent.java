package io.heliograph.gateway.pipeline;

import io.vertx.core.MultiMap;
import java.util.List;

/**
 * The {@code traceparent} of W3C Trace Context. The gateway creates no spans: it forwards what it gets and removes what
 * is invalid. It starts no trace, since sampling is decided where a trace starts.
 */
public final class TraceParent {

    private static final String HEADER = "traceparent";
    private static final String STATE = "tracestate";

    /** Version, trace, parent and flags in hexadecimal digits, with a hyphen between each two. */
    private static final int LENGTH = 55;

    private static final int TRACE = 3;
    private static final int PARENT = 36;
    private static final int FLAGS = 53;

    private TraceParent() {}

    /** Removes an invalid {@code traceparent}, and a {@code tracestate} without a valid one. */
    public static void clean(MultiMap headers) {
        if (headers.contains(HEADER)) {
            if (traceId(headers) == null) {
                headers.remove(HEADER).remove(STATE);
            }
        } else if (headers.contains(STATE)) {
            headers.remove(STATE);
        }
    }

    /** The trace id; null if absent or invalid. */
    public static String traceId(MultiMap headers) {
        List<String> values = headers.getAll(HEADER);
        return values.size() == 1 && isValid(values.get(0)) ? values.get(0).substring(TRACE, PARENT - 1) : null;
    }

    static boolean isValid(String text) {
        return text.length() >= LENGTH
                && isVersioned(text)
                && text.charAt(TRACE - 1) == '-'
                && text.charAt(PARENT - 1) == '-'
                && text.charAt(FLAGS - 1) == '-'
                && isHex(text, 0, TRACE - 1)
                && isId(text, TRACE, PARENT - 1)
                && isId(text, PARENT, FLAGS - 1)
                && isHex(text, FLAGS, LENGTH);
    }

    /**
     * Whether the version and the length match: versions after {@code 00} may have further fields, and {@code ff} is
     * invalid.
     */
    private static boolean isVersioned(String text) {
        if (text.startsWith("00")) {
            return text.length() == LENGTH;
        }
        return !text.startsWith("ff") && (text.length() == LENGTH || text.charAt(LENGTH) == '-');
    }

    private static boolean isId(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return isHex(text, from, to);
            }
        }
        return false;
    }

    private static boolean isHex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'))) {
                return false;
            }
        }
        return true;
    }
}
