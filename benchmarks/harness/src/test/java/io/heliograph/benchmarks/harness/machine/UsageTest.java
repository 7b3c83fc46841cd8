package io.heliograph.benchmarks.harness.machine;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UsageTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String BUSY = "while :; do :; done";

    private Process process;

    @AfterEach
    void end() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void shouldCountDescendantsOfDescendants() throws IOException {
        Usage usage = start("(" + BUSY + ") & wait");

        await().atMost(PATIENCE).until(() -> process.descendants().count() == 2);
        await().atMost(PATIENCE).until(() -> usage.cpuSeconds() > 0.2);
    }

    @Test
    void shouldCountProcessesThatHaveEnded() throws IOException {
        // Ends after one second of processor time, independent of the wall-clock time.
        Usage usage = start("sh -c 'ulimit -t 1; " + BUSY + "'; read forever");

        await().atMost(PATIENCE).until(() -> usage.cpuSeconds() > 0.1);
        await().atMost(PATIENCE).until(() -> process.descendants().count() == 1);
        assertTrue(usage.cpuSeconds() > 0.1);
    }

    @Test
    void shouldCountTheMemoryOfAllProcesses() throws IOException {
        Usage usage = start("read forever");

        assertTrue(usage.residentBytes() > 0);
        assertTrue(usage.peakResidentBytes() >= usage.residentBytes());
    }

    /** Runs the command in a shell started by a shell. */
    private Usage start(String command) throws IOException {
        process = new ProcessBuilder("sh", "-c", "sh -c \"$0\"; :", command).start();
        return new Usage(process.toHandle());
    }
}
