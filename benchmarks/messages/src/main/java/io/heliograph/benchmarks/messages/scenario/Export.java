package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.stack.JobClient;
import io.heliograph.benchmarks.messages.stack.LargeRoom;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Exports of rooms of several sizes and downloads of their files. Memory must not depend on the size. */
public final class Export implements Scenario {

    private static final int LARGEST = 1_000_000;
    /** Divisors of the largest size. */
    private static final List<Integer> PARTS = List.of(100, 10, 1);

    private static final Duration ENOUGH = Duration.ofSeconds(120);
    private static final double MEBIBYTE = 1048576;

    /** @param downloadMebibytes memory growth during the download */
    private record Exported(
            double rate, double mebibytes, double grownMebibytes, double downloadRate, double downloadMebibytes) {}

    @Override
    public String name() {
        return "export";
    }

    @Override
    public Report run(Effort effort) {
        // Raises the limit of stored files per user.
        Map<String, String> settings = Map.of("heliograph.jobs.max-stored-per-user", "10G");
        try (MessageStack stack = new MessageStack(DurableSend.JVM, null, settings)) {
            Person owner = stack.people(1).get(0);
            JobClient client = new JobClient(stack.replica().address(), owner);
            effort.progress("making rooms");
            List<LargeRoom> rooms = PARTS.stream()
                    .map(part -> LargeRoom.make(stack, owner, effort.size(LARGEST) / part))
                    .toList();
            effort.progress("warming up");
            exported(stack, client, rooms.get(1));
            List<List<Exported>> rounds = new ArrayList<>();
            long start = System.nanoTime();
            while (rounds.size() < effort.rounds() && System.nanoTime() - start < ENOUGH.toNanos()) {
                effort.progress("round " + (rounds.size() + 1) + " of at most " + effort.rounds());
                rounds.add(rooms.stream()
                        .map(room -> exported(stack, client, room))
                        .toList());
            }
            return report(rounds, rooms);
        }
    }

    private static Exported exported(MessageStack stack, JobClient client, LargeRoom room) {
        Usage replica = stack.replica().usage();
        replica.resetPeak();
        long before = replica.residentBytes();
        JobClient.Job export = client.exports(room.id());
        if (export.messages() != room.messages()) {
            throw new IllegalStateException("exported " + export.messages());
        }
        double grown = (replica.peakResidentBytes() - before) / MEBIBYTE;
        replica.resetPeak();
        before = replica.residentBytes();
        long start = System.nanoTime();
        double mebibytes = client.download(export) / MEBIBYTE;
        double seconds = (System.nanoTime() - start) / 1e9;
        return new Exported(
                export.messages() / export.ended(),
                mebibytes,
                grown,
                mebibytes / seconds,
                (replica.peakResidentBytes() - before) / MEBIBYTE);
    }

    private static Report report(List<List<Exported>> rounds, List<LargeRoom> rooms) {
        Report report = new Report("export");
        report.line(
                "Rooms of several sizes, with messages of %d bytes, are exported as JSON lines, measured from the"
                        + " request to the end of the job, and each file is downloaded at full speed. Memory growth is"
                        + " the peak resident memory of the service during the operation minus its resident memory"
                        + " before. One export of the middle room warms up; median of %d rounds (lowest–highest).",
                LargeRoom.CONTENT_BYTES, rounds.size());
        report.line("").line("Service: `java %s`.", String.join(" ", DurableSend.JVM));
        report.table(
                "messages",
                "messages/s",
                "file, MiB",
                "memory growth, MiB",
                "download, MiB/s",
                "growth during download, MiB");
        for (int i = 0; i < rooms.size(); i++) {
            int room = i;
            List<Exported> all = rounds.stream().map(round -> round.get(room)).toList();
            report.row(List.of(
                    "%,d".formatted(rooms.get(room).messages()),
                    text(all, "%.0f", Exported::rate),
                    text(all, "%.0f", Exported::mebibytes),
                    text(all, "%.1f", Exported::grownMebibytes),
                    text(all, "%.0f", Exported::downloadRate),
                    text(all, "%.1f", Exported::downloadMebibytes)));
        }
        return report;
    }

    private static String text(List<Exported> all, String format, ToDoubleFunction<Exported> figure) {
        return Spread.of(all, figure).text(format);
    }
}
