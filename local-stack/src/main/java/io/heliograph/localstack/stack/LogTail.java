package io.heliograph.localstack.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The last lines a process said. Thread-safe; holds a bounded number of them. */
final class LogTail {

    /** Enough to see a start with its failure, or a test's worth of warnings. */
    private static final int LINES = 500;

    private final Deque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    synchronized List<String> last(int count) {
        return lines.stream().skip(Math.max(0, lines.size() - count)).toList();
    }
}
