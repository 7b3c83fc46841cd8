package io.heliograph.benchmarks.harness.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void shouldFormatTheMedianAndTheRange() {
        Spread spread = Spread.of(List.of(3.0, 1.0, 2.0), Double::doubleValue);

        assertEquals(new Spread(1, 2, 3), spread);
        assertEquals("2.0 (1.0–3.0)", spread.text("%.1f"));
    }

    @Test
    void shouldFormatOneFigureWhenThereIsOneRound() {
        assertEquals("7", Spread.of(List.of(7.0), Double::doubleValue).text("%.0f"));
    }
}
