package io.heliograph.benchmarks.harness.report;

import io.heliograph.benchmarks.harness.machine.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;

/** The Markdown page of one scenario. */
public final class Report {

    private final StringBuilder text = new StringBuilder();

    public Report(String title) {
        line("# " + title);
        line("");
    }

    /** A paragraph, or a row of a table, as {@link String#format} makes it. */
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

    /** Adds what the figures depend on and writes the page. */
    public void write(Path file, double loadBefore) {
        line("");
        line(
                "%s, %s, commit %s; load average %.1f before and %.1f after the run.",
                LocalDate.now(ZoneOffset.UTC), Machine.description(), commit(), loadBefore, Machine.load());
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
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
