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

/** History that is imported, against messages that are sent, and beside them. */
public final class Import implements Scenario {

    /** Senders at a steady pace, which leaves the machine to the import. */
    static final int PACED_SENDERS = 50;

    /** Messages a second of all of them at most. */
    static final double PACE = 1_000;

    /** And at most this part of what was sent at full speed: on a slow machine they would else be late by themselves. */
    static final double PART = 0.1;

    /** After so long no further round begins. */
    private static final Duration ENOUGH = Duration.ofSeconds(210);

    private static final int ROOMS = 50;
    private static final int FILES = 20;
    private static final int LINES = 1_000_000;
    /** How many times fewer lines are imported beside senders, where an import takes longer. */
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
                // Its own compiled code, and what memory a replica has once it has imported anything.
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
                "%,d lines of %d bytes in %d text files are imported into a room, by one request: from its begin to the end"
                        + " of the job, so with the upload. The same files one after another, each by a request and when the"
                        + " one before has been imported. Against it %d people in %d rooms who each send a message of 100"
                        + " bytes over WebSocket as soon as their last one is acknowledged, as in"
                        + " [durable-send](durable-send.md). Nothing is pinned: service, PostgreSQL, Redis and load share"
                        + " the cores. Contestants take turns, after a small round that does not count; median of %d rounds"
                        + " (lowest–highest).",
                lines, ImportFiles.LINE_BYTES, FILES, DurableSend.SENDERS, ROOMS, rounds.size());
        report.line("").line("Service: `java %s`.", String.join(" ", DurableSend.JVM));
        report.table(
                "",
                "messages/s",
                "times sent over WebSocket",
                "seconds",
                "upload",
                "reading",
                "storing",
                "CPU s per 10,000: service",
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
        imported(report, "imported at once", rounds, ImportRound::together);
        imported(report, "imported one after another", rounds, ImportRound::oneByOne);
        report.line("")
                .line(
                        "At once is %s times as fast as one after another: %s times in reading, which is done side by side, and"
                                + " %s times in storing, where one room takes one commit after another.",
                        faster(rounds, ImportRound.Imported::seconds),
                        faster(rounds, ImportRound.Imported::reading),
                        faster(rounds, ImportRound.Imported::storing));
        beside(report, rounds);
        report.line("").line("Growth is the peak of the service's resident memory meanwhile over what it was before.");
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

    /** How many times less of its time what is imported at once takes. */
    private static String faster(List<ImportRound> rounds, ToDoubleFunction<ImportRound.Imported> time) {
        return text(
                rounds, "%.2f", round -> time.applyAsDouble(round.oneByOne()) / time.applyAsDouble(round.together()));
    }

    private static void beside(Report report, List<ImportRound> rounds) {
        report.line("")
                .line(
                        "%d people in other rooms together send %s messages a second, a tenth of the rate above and at most"
                                + " %,.0f; each message is timed from when it was due, sent late or not. Alone is before and"
                                + " after an import of a %dth of the lines, each for as long as a contestant above:",
                        PACED_SENDERS, text(rounds, "%.0f", ImportRound::pace), PACE, SMALLER);
        report.table("", "messages/s", "p50 ms", "p95 ms", "p99 ms", "times the p99 alone");
        report.row(List.of(
                "alone",
                text(rounds, "%.0f", round -> round.alone().rate()),
                text(rounds, "%.1f", round -> round.alone().latencies().millis(50)),
                text(rounds, "%.1f", round -> round.alone().latencies().millis(95)),
                text(rounds, "%.1f", round -> round.alone().latencies().millis(99)),
                "1.00"));
        report.row(List.of(
                "beside an import, " + text(rounds, "%.0f", ImportRound::besideRate) + " lines a second",
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
