package io.heliograph.message.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FileScanTest {

    private static final Instant ASKED_AT = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicLong read = new AtomicLong();

    @Test
    void shouldSortFilesByTheirTimes() {
        assertThat(order(file(30, 40), file(10, 20, 20), file(), file(20, 30))).isEmpty();
        assertThat(order(file(30, 40), file(10, 20, 20), file(), file(21, 29))).contains(List.of(1, 3, 0));
    }

    @Test
    void shouldKeepTheGivenOrderOfFilesOfOneTime() {
        assertThat(order(file(null, null), file((Integer) null), file(10, 20))).contains(List.of(2, 0, 1));
        assertThat(order(file(10, 20), file(20, 30))).contains(List.of(0, 1));
    }

    @Test
    void shouldFindNoOrderOfUnsortedFiles() {
        assertThat(order(file(20, 10))).isEmpty();
        assertThat(order(file(10, null, 20))).isEmpty();
    }

    @Test
    void shouldFindNoOrderOfFilesWithOverlappingTimes() {
        assertThat(order(file(10, 30), file(20, 40))).isEmpty();
        assertThat(order(file(10, 40), file(20, 30))).isEmpty();
        // The file that comes first has to have the times that both have.
        assertThat(order(file(20, 30), file(10, 20))).isEmpty();
    }

    @Test
    void shouldCountMessagesAndReportInvalidOnes() {
        FileScan scan = new FileScan(new FileReport("a.txt", 1), ASKED_AT, read::addAndGet);
        for (int i = 0; i < 1_234; i++) {
            scan.add(line(i, null, "text"));
        }
        scan.add(line(2_000, null, " "));
        scan.end();

        assertThat(scan.messages()).isEqualTo(1_234);
        assertThat(read).hasValue(1_234);
        assertThat(scan.report().json().getJsonArray("errors").getString(0)).startsWith("line 2000 has no message");
    }

    private static Optional<List<Integer>> order(FileScan... scans) {
        return FileScan.order(List.of(scans));
    }

    /** With messages of these seconds of one minute; null for one without a time. */
    private static FileScan file(Integer... seconds) {
        FileScan scan = new FileScan(new FileReport("a.jsonl", 1), ASKED_AT, more -> {});
        Stream<Instant> times =
                Arrays.stream(seconds).map(each -> each == null ? null : ASKED_AT.minusSeconds(100L - each));
        times.forEach(time -> scan.add(line(1, time, "text")));
        scan.end();
        return scan;
    }

    private static ImportedLine line(long number, Instant time, String content) {
        return new ImportedLine(number, time, null, null, null, "id-" + number, content);
    }
}
