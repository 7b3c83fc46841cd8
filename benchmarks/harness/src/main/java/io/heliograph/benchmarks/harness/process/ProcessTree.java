package io.heliograph.benchmarks.harness.process;

import io.heliograph.benchmarks.harness.machine.Usage;
import io.heliograph.localstack.process.Processes;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;

/** A process and its descendants. None outlives {@link #close} or the benchmark. */
final class ProcessTree implements AutoCloseable {

    /** The time a server has to drain its connections. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final Process root;
    private final Thread atExit = new Thread(this::end);

    private ProcessTree(Process root) {
        this.root = root;
    }

    static ProcessTree start(ProcessBuilder command) {
        try {
            ProcessTree tree = new ProcessTree(command.start());
            Runtime.getRuntime().addShutdownHook(tree.atExit);
            return tree;
        } catch (IOException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }

    boolean isAlive() {
        return root.isAlive();
    }

    Usage usage() {
        return new Usage(root.toHandle());
    }

    /** Its exit code, or empty if it still runs. */
    OptionalInt awaitEnd(Duration patience) {
        try {
            return root.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)
                    ? OptionalInt.of(root.exitValue())
                    : OptionalInt.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return OptionalInt.empty();
        }
    }

    @Override
    public void close() {
        end();
        Runtime.getRuntime().removeShutdownHook(atExit);
    }

    private void end() {
        // Collected before the root ends, because its children then get another parent.
        List<ProcessHandle> others = root.descendants().toList();
        root.destroy();
        Processes.awaitEnd(root, STOP_PATIENCE);
        others.forEach(ProcessHandle::destroyForcibly);
    }
}
