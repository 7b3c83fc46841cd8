package io.heliograph.message.delivery;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The format of the bus: a line with the replica, then a line for each change, with its rev, the time of its commit and
 * its frame, or for each signal, with its kind and its body, between spaces. JSON has no raw line feed, so the frames
 * need no escaping and are passed on as they are.
 */
final class ChangeCodec {

    /** The content of one publish. */
    record Payload(List<Change> changes, List<Signal> signals) {}

    private static final byte LINE_FEED = '\n';

    private final byte[] origin;

    ChangeCodec(String replica) {
        this.origin = (replica + "\n").getBytes(StandardCharsets.UTF_8);
    }

    Buffer encode(List<Change> changes) {
        Buffer payload = Buffer.buffer(origin);
        for (Change change : changes) {
            String head = change.rev() + " " + change.committedMillis();
            append(payload, head, change.frame());
        }
        return payload;
    }

    Buffer encode(Signal signal) {
        return append(Buffer.buffer(origin), signal.kind(), signal.body());
    }

    /** Whether this replica has published it, and so has already delivered its changes. */
    boolean isOurs(Buffer payload) {
        if (payload.length() < origin.length) {
            return false;
        }
        for (int i = 0; i < origin.length; i++) {
            if (payload.getByte(i) != origin[i]) {
                return false;
            }
        }
        return true;
    }

    /** Ignores lines of an unknown form: lost changes are found as a gap. */
    Payload decode(Buffer payload) {
        Payload decoded = new Payload(new ArrayList<>(), new ArrayList<>());
        int start = endOfLine(payload, 0) + 1;
        while (start < payload.length()) {
            int end = endOfLine(payload, start);
            decode(payload, start, end, decoded);
            start = end + 1;
        }
        return decoded;
    }

    private static Buffer append(Buffer payload, String head, byte[] body) {
        return payload.appendString(head).appendString(" ").appendBytes(body).appendByte(LINE_FEED);
    }

    private static void decode(Buffer payload, int start, int end, Payload decoded) {
        int first = endOfWord(payload, start, end);
        if (first == start || first == end) {
            return;
        }
        if (!isNumber(payload, start, first)) {
            decoded.signals().add(new Signal(payload.getString(start, first), payload.getBytes(first + 1, end)));
            return;
        }
        int second = endOfWord(payload, first + 1, end);
        if (second > first + 1 && second < end && isNumber(payload, first + 1, second)) {
            long rev = number(payload, start, first);
            long committedMillis = number(payload, first + 1, second);
            decoded.changes().add(new Change(rev, committedMillis, payload.getBytes(second + 1, end)));
        }
    }

    private static int endOfWord(Buffer payload, int from, int end) {
        int position = from;
        while (position < end && payload.getByte(position) != ' ') {
            position++;
        }
        return position;
    }

    private static boolean isNumber(Buffer payload, int from, int end) {
        for (int position = from; position < end; position++) {
            if (payload.getByte(position) < '0' || payload.getByte(position) > '9') {
                return false;
            }
        }
        return true;
    }

    private static long number(Buffer payload, int from, int end) {
        long number = 0;
        for (int position = from; position < end; position++) {
            number = number * 10 + payload.getByte(position) - '0';
        }
        return number;
    }

    private static int endOfLine(Buffer payload, int from) {
        int position = from;
        while (position < payload.length() && payload.getByte(position) != LINE_FEED) {
            position++;
        }
        return position;
    }
}
