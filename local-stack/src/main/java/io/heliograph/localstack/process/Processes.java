package io.heliograph.localstack.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the JDK leaves out about processes: sessions of their own, signals by name, and bounded ends. */
public final class Processes {

    /** Two readings of one start time differ by the clock's adjustments; pids do not come round that fast. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(5);

    /** A process that was killed ends as soon as the system schedules it, which takes a while on a busy machine. */
    private static final Duration KILL_PATIENCE = Duration.ofSeconds(30);

    private static final boolean SETSID = Stream.of(
                    System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setsid")));

    private Processes() {}

    /**
     * The command in a session of its own, so that a Ctrl-C at the terminal reaches the launcher alone and it decides
     * the order of the end. Where there is no {@code setsid} the command runs as it is and ends by the same Ctrl-C.
     */
    public static List<String> detached(List<String> command) {
        if (!SETSID) {
            return command;
        }
        List<String> detached = new ArrayList<>(List.of("setsid"));
        detached.addAll(command);
        return detached;
    }

    /** Sends a signal such as {@code STOP}; a process that is gone already is no error. */
    public static void signal(ProcessHandle process, String signal) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether {@code process} is the one that started then, and not a later one with the same pid. */
    public static boolean startedAt(ProcessHandle process, Instant start) {
        return process.info()
                .startInstant()
                .map(actual -> Duration.between(start, actual).abs().compareTo(CLOCK_TOLERANCE) < 0)
                .orElse(false);
    }

    /** Waits for the end of {@code process}, and forces it when {@code patience} is over. */
    public static void awaitEnd(ProcessHandle process, Duration patience) {
        awaitEnd(process, process.onExit(), patience);
    }

    /**
     * As {@link #awaitEnd(ProcessHandle, Duration)}. Afterwards {@link Process#isAlive} is false, which it may not yet be
     * when the handle of the process reports the end.
     */
    public static void awaitEnd(Process process, Duration patience) {
        awaitEnd(process.toHandle(), process.onExit(), patience);
    }

    private static void awaitEnd(ProcessHandle process, Future<?> end, Duration patience) {
        if (!completesWithin(end, patience)) {
            process.destroyForcibly();
            completesWithin(end, KILL_PATIENCE);
        }
    }

    /** Sleeps; an interrupt cuts it short and stays set. */
    public static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean completesWithin(Future<?> end, Duration patience) {
        try {
            end.get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
