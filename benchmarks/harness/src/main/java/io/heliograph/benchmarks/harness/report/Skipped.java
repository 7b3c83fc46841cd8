package io.heliograph.benchmarks.harness.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Contestants that cannot take part. A scenario cannot leave them out in silence: what is noted is on its page, whether
 * or not it asks.
 */
public final class Skipped {

    private static final List<String> LINES = new ArrayList<>();

    private Skipped() {}

    /** Says so at once, and once on the page of the scenario that runs. */
    public static synchronized void note(String contestant, String reason) {
        String line = "SKIPPED: " + contestant + ": " + reason;
        System.err.println("  " + line);
        if (!LINES.contains(line)) {
            LINES.add(line);
        }
    }

    /** What was noted since it was asked last. */
    public static synchronized List<String> take() {
        List<String> lines = List.copyOf(LINES);
        LINES.clear();
        return lines;
    }
}
