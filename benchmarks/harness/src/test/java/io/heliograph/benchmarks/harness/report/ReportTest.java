package io.heliograph.benchmarks.harness.report;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.benchmarks.harness.machine.MachineLoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportTest {

    @Test
    void shouldWriteAPageWithItsChartAndEnvironment(@TempDir Path folder) throws Exception {
        Report report = new Report("rooms").line("%d rounds.", 3);
        report.table("", "deliveries/s").row(List.of("ours", "12"));
        report.chart(new BarChart("rooms").panel("deliveries/s").ours("ours", new Spread(11, 12, 13)));

        report.write(folder, new MachineLoad(0.5, 0, 0));

        String page = Files.readString(folder.resolve("rooms.md"));
        assertTrue(page.startsWith("# rooms\n\n3 rounds.\n"), page);
        assertTrue(page.contains("| ours | 12 |\n\n![rooms, drawn](rooms.svg)\n"), page);
        assertTrue(page.contains("load average 0.5 before"), page);
        assertTrue(Files.readString(folder.resolve("rooms.svg")).startsWith("<svg "));
    }
}
