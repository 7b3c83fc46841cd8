package io.heliograph.benchmarks.harness.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SurroundingsTest {

    @Test
    void shouldTellWhatTheHostGaveToOthersOfWhatWasWanted() {
        Surroundings before = Surroundings.of("0.50", "cpu  100 0 50 1000 10 0 0 20 7 0");
        Surroundings after = Surroundings.of("1.25", "cpu  160 5 60 9000 900 3 2 40 7 0");

        assertEquals(
                "load average 0.5 before and 1.3 after the run;"
                        + " of the processor time that was wanted the host gave 20 % to others",
                before.until(after));
    }

    @Test
    void shouldReadThoseOfThisMachine() {
        Surroundings now = Surroundings.now();

        assertTrue(now.load() >= 0 && now.used() > 0 && now.stolen() >= 0, now.toString());
    }
}
