package io.heliograph.benchmarks.messages.scenario;

import io.heliograph.benchmarks.harness.Effort;
import io.heliograph.benchmarks.harness.Scenario;
import io.heliograph.benchmarks.harness.report.Report;
import io.heliograph.benchmarks.harness.report.Spread;
import io.heliograph.benchmarks.messages.stack.ImportFiles;
import io.heliograph.benchmarks.messages.stack.MessageStack;
import io.heliograph.benchmarks.messages.stack.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Imports of message history, compared with messages that are sent, and concurrent with senders. */
public final class Import implements Scenario {

    /** The number of senders at a steady rate, which leaves resources to the import. */
    static final int PACED_SENDERS = 50;

    /** The maximum rate of all of them, in messages per second. */
    static final double PACE = 1_000;

    /**
     * The maximum rate as a fraction of the full-speed rate, so that a slow machine is not overloaded by the senders
     * alone.
     */
    static final double PART = 0.1;

    /** No round starts after this time. */
    private static final Duration ENOUGH = Duration.ofSeconds(210);

    private static final int ROOMS = 50;
    private static final int FILES = 20;
    private static final int LINES = 1_000_000;
    /** The divisor of the number of lines for the import concurrent with senders, which takes longer. */
    private static final int SMALLER = 10;

    @Override
    public String name() {
        return "import";
    }

    @Override
    public Report run(Effort effort) {
        int lines = effort.size(LINES);
        try (MessageStack stack = new MessageStack(DurableSend.JVM, null);
                ImportFiles some = new ImportFiles(FILES, lines / FILES / SMALLER);
                ImportFiles files = new ImportFiles(FILES, lines / FILES)) {
            List<Person> people = stack.people(DurableSend.SENDERS);
            List<UUID> rooms = IntStream.range(0, ROOMS)
                    .mapToObj(room -> stack.room(IntStream.iterate(room, i -> i < people.size(), i -> i + ROOMS)
                            .mapToObj(people::get)
                            .toList()))
                    .toList();
            try (Senders senders = Senders.overSockets(stack, people, rooms)) {
                effort.progress("warming up");
                senders.run(DurableSend.SENDERS, effort.warmUp());
                // Warms up the JVM and brings memory to the size it has after a first import.
                ImportRound.run(stack, senders, some, some, effort.seconds(1));
                List<ImportRound> rounds = new ArrayList<>();
                long start = System.nanoTime();
                while (rounds.size() < effort.rounds() && System.nanoTime() - start < ENOUGH.toNanos()) {
                    effort.progress("round " + (rounds.size() + 1) + " of at most " + effort.rounds());
                    rounds.add(ImportRound.run(stack, senders, files, some, effort.measured()));
                }
                return report(rounds, lines);
            }
        }
    }

    private static Report report(List<ImportRound> rounds, int lines) {
        Report report = new Report("import");
        report.line(
                "%,d lines of %d bytes in %d text files are imported into a room by one request, measured from the"
                        + " start of the request to the end of the job, so including the upload. For comparison the"
                        + " same files sequentially, one request per file, each after the previous import has ended,"
                        + " and %d users in %d rooms, each of whom sends a message of 100 bytes over WebSocket as soon"
                        + " as the previous one is acknowledged, as in [durable-send](durable-send.md). Processes are"
                        + " not pinned: service, PostgreSQL, Redis and load share the cores. Contestants take turns,"
                        + " after a small warm-up round; median of %d rounds (lowest–highest).",
                lines, ImportFiles.LINE_BYTES, FILES, DurableSend.SENDERS, ROOMS, rounds.size());
        report.line("").line("Service: `java %s`.", String.join(" ", DurableSend.JVM));
        report.table(
                "",
                "messages/s",
                "times sends over WebSocket",
                "seconds",
                "upload",
                "reading",
                "storing",
                "CPU s per 10,000 messages: service",
                "PostgreSQL",
                "memory growth, MiB");
        report.row(List.of(
                "sent over WebSocket",
                text(rounds, "%.0f", round -> round.sends().rate()),
                "1.00",
                "",
                "",
                "",
                "",
                text(rounds, "%.2f", round -> round.sends()
                        .per10k(round.sends().cost().service())),
                text(rounds, "%.2f", round -> round.sends()
                        .per10k(round.sends().cost().postgres())),
                ""));
        imported(report, "imported in parallel", rounds, ImportRound::together);
        imported(report, "imported sequentially", rounds, ImportRound::oneByOne);
        report.line("")
                .line(
                        "The parallel import is %s times as fast as the sequential one: %s times in reading, which is"
                                + " parallel, and %s times in storing, where commits into one room are sequential.",
                        faster(rounds, ImportRound.Imported::seconds),
                        faster(rounds, ImportRound.Imported::reading),
                        faster(rounds, ImportRound.Imported::storing));
        beside(report, rounds);
        report.line("")
                .line("Memory growth is the peak resident memory of the service during the import minus its"
                        + " resident memory before.");
        return report;
    }

    private static void imported(
            Report report, String name, List<ImportRound> rounds, Function<ImportRound, ImportRound.Imported> way) {
        report.row(List.of(
                name,
                text(rounds, "%.0f", round -> way.apply(round).rate()),
                text(
                        rounds,
                        "%.2f",
                        round -> way.apply(round).rate() / round.sends().rate()),
                text(rounds, "%.1f", round -> way.apply(round).seconds()),
                text(rounds, "%.1f", round -> way.apply(round).accepted()),
                text(rounds, "%.1f", round -> way.apply(round).reading()),
                text(rounds, "%.1f", round -> way.apply(round).storing()),
                text(rounds, "%.2f", round -> way.apply(round)
                        .per10k(way.apply(round).cost().service())),
                text(rounds, "%.2f", round -> way.apply(round)
                        .per10k(way.apply(round).cost().postgres())),
                text(rounds, "%.1f", round -> way.apply(round).grownMebibytes())));
    }

    /** How many times as fast the parallel import is, in this part. */
    private static String faster(List<ImportRound> rounds, ToDoubleFunction<ImportRound.Imported> time) {
        return text(
                rounds, "%.2f", round -> time.applyAsDouble(round.oneByOne()) / time.applyAsDouble(round.together()));
    }

    private static void beside(Report report, List<ImportRound> rounds) {
        report.line("")
                .line(
                        "%d users in other rooms together send %s messages per second, a tenth of the rate above and at"
                                + " most %,.0f; the latency of each message is measured from its due time. The baseline"
                                + " without an import is measured before and after an import of a %dth of the lines,"
                                + " each time for as long as a contestant above:",
                        PACED_SENDERS, text(rounds, "%.0f", ImportRound::pace), PACE, SMALLER);
        report.table("", "messages/s", "p50 ms", "p95 ms", "p99 ms", "p99, times baseline");
        report.row(List.of(
                "without an import",
                text(rounds, "%.0f", round -> round.alone().rate()),
                text(rounds, "%.1f", round -> round.alone().latencies().millis(50)),
                text(rounds, "%.1f", round -> round.alone().latencies().millis(95)),
                text(rounds, "%.1f", round -> round.alone().latencies().millis(99)),
                "1.00"));
        report.row(List.of(
                "during an import, " + text(rounds, "%.0f", ImportRound::besideRate) + " lines per second",
                text(rounds, "%.0f", round -> round.beside().rate()),
                text(rounds, "%.1f", round -> round.beside().latencies().millis(50)),
                text(rounds, "%.1f", round -> round.beside().latencies().millis(95)),
                text(rounds, "%.1f", round -> round.beside().latencies().millis(99)),
                text(
                        rounds,
                        "%.2f",
                        round -> round.beside().latencies().millis(99)
                                / round.alone().latencies().millis(99))));
    }

    private static String text(List<ImportRound> rounds, String format, ToDoubleFunction<ImportRound> figure) {
        return Spread.of(rounds, figure).text(format);
    }
}
