package io.heliograph.message.room;

import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/**
 * A reading of the directory page by page: what had been committed when it began, in PostgreSQL's notation of a snapshot,
 * and when that was.
 */
record DirectorySnapshot(String snapshot, Instant begun) {

    /**
     * After this a walk goes on by the places of now. Shorter than where rooms were is kept ({@link RoomConfig#placeMemory}):
     * a first page may also come from a cache that found it to be as new as ever.
     */
    private static final Duration LONGEST = Duration.ofMinutes(30);

    /** Digits of a 64-bit number, of which all that PostgreSQL gives out for centuries has fewer. */
    private static final Pattern SNAPSHOT = Pattern.compile("\\d{1,18}:\\d{1,18}:(\\d{1,18}(,\\d{1,18})*)?");

    /** Of a cursor. Throws an {@link IllegalArgumentException} for what is no snapshot. */
    static DirectorySnapshot of(String snapshot, String millis) {
        if (!SNAPSHOT.matcher(snapshot).matches() || !isInOrder(snapshot)) {
            throw new IllegalArgumentException("no snapshot: " + snapshot);
        }
        return new DirectorySnapshot(snapshot, Instant.ofEpochMilli(Long.parseLong(millis)));
    }

    boolean isOver(Instant now) {
        return begun.plus(LONGEST).isBefore(now);
    }

    /** As PostgreSQL takes it: those under way lie between the two bounds, in their order. */
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
