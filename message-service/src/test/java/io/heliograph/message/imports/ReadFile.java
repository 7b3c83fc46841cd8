package io.heliograph.message.imports;

import io.heliograph.message.testsupport.Settings;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What is read of a file: its messages, and its report. */
record ReadFile(List<ImportedLine> messages, JsonObject report) {

    /** With these settings of imports, whose names are in full. */
    static ReadFile of(String name, String channel, byte[] bytes, Map<String, String> settings) throws Exception {
        List<ImportedLine> messages = new ArrayList<>();
        FileReport report = new FileReport(name, bytes.length);
        ImportConfig config = Settings.of(ImportConfig.class, settings);
        try {
            FilesReader.reader(name, channel, config)
                    .read(
                            new ReceivedFile(0, name, bytes.length, "0123456789abcdef".repeat(4)),
                            () -> new ByteArrayInputStream(bytes),
                            report,
                            messages::add);
        } catch (BadFile bad) {
            report.error(bad.getMessage());
        }
        return new ReadFile(messages, report.json());
    }

    static ReadFile of(String name, byte[] bytes) throws Exception {
        return of(name, null, bytes, Map.of());
    }

    static ReadFile of(String name, String text) throws Exception {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    List<String> contents() {
        return messages.stream().map(ImportedLine::content).toList();
    }

    List<String> faults() {
        return report.containsKey("errors")
                ? report.getJsonArray("errors").stream().map(Object::toString).toList()
                : List.of();
    }

    /** A zip archive with these entries: names, each followed by its content. */
    static byte[] zip(String... entries) {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        for (int i = 0; i < entries.length; i += 2) {
            contents.put(entries[i], entries[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        return zip(contents);
    }

    static byte[] zip(Map<String, byte[]> entries) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
