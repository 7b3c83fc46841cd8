package io.heliograph.message.imports;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * The result of the first pass over a file: the report, the number of messages, and whether they are in the order of their
 * times. Used by one thread at a time.
 */
final class FileScan implements FileReader.LineTarget {

    /** Messages between two reports of progress. */
    private static final int STEP = 500;

    private final FileReport report;
    private final Instant askedAt;
    private final LongConsumer progress;

    private long messages;
    private Instant first;
    private Instant last;
    private boolean ordered = true;

    /** @param progress is called with the number of messages read since the last call */
    FileScan(FileReport report, Instant askedAt, LongConsumer progress) {
        this.report = report;
        this.askedAt = askedAt;
        this.progress = progress;
    }

    @Override
    public void add(ImportedLine line) {
        String fault = line.fault(askedAt);
        if (fault != null) {
            report.refused(line.line(), "has no message: " + fault);
            return;
        }
        Instant time = line.time(askedAt);
        ordered &= last == null || !time.isBefore(last);
        first = first == null ? time : first;
        last = time;
        messages++;
        if (messages % STEP == 0) {
            progress.accept(STEP);
        }
    }

    /** To be called after the last message. */
    void end() {
        progress.accept(messages % STEP);
    }

    FileReport report() {
        return report;
    }

    long messages() {
        return messages;
    }

    /**
     * The numbers of the files with messages in an order in which their concatenation is sorted by time, file and line;
     * empty if there is no such order.
     */
    static Optional<List<Integer>> order(List<FileScan> scans) {
        List<Integer> order = IntStream.range(0, scans.size())
                .boxed()
                .filter(file -> scans.get(file).messages > 0)
                .sorted(Comparator.comparing((Integer file) -> scans.get(file).first)
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        boolean all = order.stream().allMatch(file -> scans.get(file).ordered);
        for (int i = 1; i < order.size() && all; i++) {
            int file = order.get(i);
            int before = order.get(i - 1);
            int compared = scans.get(before).last.compareTo(scans.get(file).first);
            all = compared < 0 || (compared == 0 && before < file);
        }
        return all ? Optional.of(order) : Optional.empty();
    }
}
