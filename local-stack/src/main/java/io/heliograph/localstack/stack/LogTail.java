package io.heliograph.localstack.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The last lines a process said. Thread-safe; holds a bounded number of them. */
final class LogTail {

    /** Enough to see a start with its failure, or a test's worth of warnings. */
    private static final int LINES = 500;

    /** Lines that say nothing about a failure: frames of a stack trace, and what went well. */
    private static final Pattern NO_ERROR =
            Pattern.compile("\\s*|\\s+(at |\\.\\.\\. ).*|\\S+ +(INFO|DEBUG|TRACE) .*|\\{.*");

    /** What stands before the message: the time, the level and the logger, or the place in a chain of causes. */
    private static final Pattern BEFORE_MESSAGE = Pattern.compile("\\S+ +[A-Z]+ +\\[[^]]*] *|Caused by: ");

    private final Deque<String> lines = new ArrayDeque<>();
    private int sinceStart;

    synchronized void add(String line) {
        if (lines.size() == LINES) {
            lines.removeFirst();
        }
        lines.addLast(line);
        sinceStart = Math.min(sinceStart + 1, LINES);
    }

    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The lines from here on are those of a new process. */
    synchronized void started() {
        sinceStart = 0;
    }

    /** The message of the last failure in the log of this process, which is the root cause; empty without one. */
    synchronized Optional<String> lastError() {
        return lines.stream()
                .skip(lines.size() - sinceStart)
                .filter(line -> !NO_ERROR.matcher(line).matches())
                .reduce((former, latter) -> latter)
                .map(line -> BEFORE_MESSAGE.matcher(line).replaceFirst("").strip());
    }
}
