package io.heliograph.message.delivery;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of changes on the bus: a line with the replica they come from, then a line for each change: its rev, the
 * time of its commit and its frame, with spaces between. JSON has no raw line feed, so the frames need no escaping and are passed on as they are.
 */
final class ChangeCodec {

    private static final byte LINE_FEED = '\n';

    private final byte[] origin;

    ChangeCodec(String replica) {
        this.origin = (replica + "\n").getBytes(StandardCharsets.UTF_8);
    }

    Buffer encode(List<Change> changes) {
        Buffer payload = Buffer.buffer(origin);
        for (Change change : changes) {
            payload.appendString(Long.toString(change.rev()))
                    .appendString(" ")
                    .appendString(Long.toString(change.committedMillis()))
                    .appendString(" ")
                    .appendBytes(change.frame())
                    .appendByte(LINE_FEED);
        }
        return payload;
    }

    /** Our own publishes come back to us; we have told of them already. */
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

    /** Lines that are not of this form are left out: what they told is found as a gap. */
    List<Change> decode(Buffer payload) {
        List<Change> changes = new ArrayList<>();
        int start = endOfLine(payload, 0) + 1;
        while (start < payload.length()) {
            int end = endOfLine(payload, start);
            Change change = line(payload, start, end);
            if (change != null) {
                changes.add(change);
            }
            start = end + 1;
        }
        return changes;
    }

    private static Change line(Buffer payload, int start, int end) {
        int afterRev = endOfNumber(payload, start, end);
        int afterTime = endOfNumber(payload, afterRev + 1, end);
        return afterRev > start && afterTime > afterRev + 1 && afterTime < end
                ? new Change(
                        number(payload, start, afterRev),
                        number(payload, afterRev + 1, afterTime),
                        payload.getBytes(afterTime + 1, end))
                : null;
    }

    /** Where the digits from here end with a space; {@code from} itself if they do not. */
    private static int endOfNumber(Buffer payload, int from, int end) {
        int position = from;
        while (position < end && payload.getByte(position) >= '0' && payload.getByte(position) <= '9') {
            position++;
        }
        return position < end && payload.getByte(position) == ' ' ? position : from;
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
