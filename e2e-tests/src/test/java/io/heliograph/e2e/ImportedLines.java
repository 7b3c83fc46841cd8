package io.heliograph.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The files that {@link JobFaultTest} imports, each of the same lines, and what an export has of them. */
final class ImportedLines {

    /** More than one chunk of every export, and more than one checkpoint of an import before its middle. */
    static final int COUNT = 6_000;

    private ImportedLines() {}

    static String text() {
        return IntStream.range(0, COUNT).mapToObj(ImportedLines::line).collect(Collectors.joining("\n"));
    }

    /** As JSON, each older than the one before. */
    static String backwards() {
        Instant last = Instant.parse("2024-01-01T00:00:00Z");
        return IntStream.range(0, COUNT)
                .mapToObj(number ->
                        "{\"content\":\"" + line(number) + "\",\"createdAt\":\"" + last.minusSeconds(number) + "\"}")
                .collect(Collectors.joining("\n"));
    }

    static void assertEachOnce(List<JsonNode> exported) {
        List<String> contents = exported.stream()
                .filter(line -> line.has("content"))
                .map(line -> line.get("content").asText())
                .toList();
        assertEquals(COUNT, contents.size());
        assertEquals(
                IntStream.range(0, COUNT).mapToObj(ImportedLines::line).collect(Collectors.toSet()),
                Set.copyOf(contents));
    }

    private static String line(int number) {
        return "line " + number;
    }
}
