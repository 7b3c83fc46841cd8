package io.heliograph.benchmarks.harness.report;

import io.heliograph.benchmarks.harness.machine.Machine;
import io.heliograph.benchmarks.harness.machine.MachineLoad;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The Markdown page of a scenario. */
public final class Report {

    private final StringBuilder text = new StringBuilder();
    private final String scenario;
    private Chart chart;

    /** @param scenario the name of the scenario and of the page */
    public Report(String scenario) {
        this.scenario = scenario;
        line("# " + scenario);
        line("");
    }

    /** Adds a paragraph or a table row, formatted by {@link String#format}. */
    public Report line(String format, Object... values) {
        text.append(values.length == 0 ? format : String.format(Locale.ROOT, format, values))
                .append('\n');
        return this;
    }

    public Report table(String... header) {
        line("");
        row(List.of(header));
        return row(List.of(header).stream().map(column -> "---").toList());
    }

    public Report row(List<String> cells) {
        return line("| " + String.join(" | ", cells) + " |");
    }

    /** Adds the chart of the page, a separate file beside it. */
    public Report chart(Chart chart) {
        this.chart = chart;
        return line("").line("![%1$s, drawn](%1$s.svg)", scenario);
    }

    /** Adds the environment of the run and writes the page into the folder. */
    public void write(Path folder, MachineLoad before) {
        line("");
        line(
                "%s, %s, commit %s; %s.",
                LocalDate.now(ZoneOffset.UTC), Machine.description(), commit(), before.until(MachineLoad.now()));
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(scenario + ".md"), text);
            if (chart != null) {
                Files.writeString(folder.resolve(scenario + ".svg"), chart.svg());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private static String commit() {
        try {
            return Machine.run(List.of("git", "describe", "--always", "--dirty"))
                    .trim();
        } catch (IllegalStateException | UncheckedIOException noRepository) {
            return "unknown";
        }
    }
}
