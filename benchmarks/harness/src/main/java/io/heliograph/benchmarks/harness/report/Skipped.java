package io.heliograph.benchmarks.harness.report;

import java.util.ArrayList;
import java.util.List;

/** Contestants that cannot run here. Each is listed on the page of the scenario automatically. */
public final class Skipped {

    private static final List<String> LINES = new ArrayList<>();

    private Skipped() {}

    /** Prints the reason, and adds it once to the page of the current scenario. */
    public static synchronized void note(String contestant, String reason) {
        String line = "SKIPPED: " + contestant + ": " + reason;
        System.err.println("  " + line);
        if (!LINES.contains(line)) {
            LINES.add(line);
        }
    }

    /** Returns the notes since the last call. */
    public static synchronized List<String> take() {
        List<String> lines = List.copyOf(LINES);
        LINES.clear();
        return lines;
    }
}
