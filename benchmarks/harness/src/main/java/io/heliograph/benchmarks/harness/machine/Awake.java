package io.heliograph.benchmarks.harness.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps every core from going to sleep, by a process on each that takes only what nobody else wants. A virtual core that
 * sleeps is woken by its host, which takes from some tens of microseconds to milliseconds and is no matter of what is
 * measured, where it is measured in microseconds.
 */
public final class Awake implements AutoCloseable {

    /** Ends with the process that has started it, however that ends. */
    private static final String SPIN = "while kill -0 %d 2>/dev/null; do :; done";

    private final List<Process> spinners = new ArrayList<>();

    public Awake() {
        String spin = String.format(SPIN, ProcessHandle.current().pid());
        for (int core = 0; core < Machine.cores(); core++) {
            List<String> command =
                    List.of("taskset", "-c", Integer.toString(core), "chrt", "--idle", "0", "sh", "-c", spin);
            try {
                spinners.add(new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start());
            } catch (IOException e) {
                close();
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        spinners.forEach(Process::destroyForcibly);
    }
}
