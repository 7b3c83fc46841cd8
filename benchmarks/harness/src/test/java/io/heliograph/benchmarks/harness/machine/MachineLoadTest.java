package io.heliograph.benchmarks.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class MachineLoadTest {

    @Test
    void shouldReportLoadAverageAndStealTime() {
        MachineLoad before = MachineLoad.of("0.50", "cpu  100 0 50 1000 10 0 0 20 7 0");
        MachineLoad after = MachineLoad.of("1.25", "cpu  160 5 60 9000 900 3 2 40 7 0");

        assertEquals(
                "load average 0.5 before and 1.3 after the run; steal time 20 % of the requested processor time",
                before.until(after));
    }

    @Test
    void shouldReadTheLoadOfThisMachine() {
        MachineLoad now = MachineLoad.now();

        assertTrue(now.load() >= 0 && now.used() > 0 && now.stolen() >= 0, now.toString());
    }
}
