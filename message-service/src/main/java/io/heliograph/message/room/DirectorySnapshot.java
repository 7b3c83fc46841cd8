package io.heliograph.message.room;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * The snapshot of a walk through the directory: the transactions that were committed when it began, in PostgreSQL's
 * notation, and its time.
 */
record DirectorySnapshot(String snapshot, Instant begun) {

    /**
     * After this a walk continues with the present places. Shorter than the retention of former places ({@link
     * RoomConfig#placeMemory}), because a first page may also come from a cache that has revalidated it.
     */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** Up to 18 digits for a 64-bit number: more than PostgreSQL assigns in centuries. */
    private static final Pattern SNAPSHOT = Pattern.compile("\\d{1,18}:\\d{1,18}:(\\d{1,18}(,\\d{1,18})*)?");

    /** Parses the parts of a cursor. Throws an {@link IllegalArgumentException} if they are not a snapshot. */
    static DirectorySnapshot of(String snapshot, String millis) {
        if (!SNAPSHOT.matcher(snapshot).matches() || !isInOrder(snapshot)) {
            throw new IllegalArgumentException("no snapshot: " + snapshot);
        }
        return new DirectorySnapshot(snapshot, Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    boolean isOver(Instant now) {
        return begun.plus(LONGEST).isBefore(now);
    }

    /** The form that PostgreSQL accepts: running transactions are between the two bounds, in ascending order. */
    private static boolean isInOrder(String snapshot) {
        String[] parts = snapshot.split(":", -1);
        long before = Long.parseLong(parts[0]);
        long end = Long.parseLong(parts[1]);
        boolean ordered = before > 0 && before <= end;
        for (String each : parts[2].isEmpty() ? new String[0] : parts[2].split(",")) {
            long underWay = Long.parseLong(each);
            ordered &= underWay >= before && underWay < end;
            before = underWay;
        }
        return ordered;
    }
}
