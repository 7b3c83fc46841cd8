package io.heliograph.message.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of one file: the number of its lines (of an archive: messages), how many of them were stored by this import
 * or an earlier one, and the faults. Used by one thread at a time.
 */
final class FileReport {

    /** Lines whose faults are listed; further ones are only counted. */
    private static final int NAMED_FAULTS = 20;

    private final String name;
    private final long bytes;
    private final List<String> faults = new ArrayList<>();
    private long lines;
    private long messages;
    private long repeated;
    private long skipped;
    private long reactions;
    private long files;
    private String error;

    FileReport(String name, long bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    void line() {
        lines++;
    }

    /** A line without a message, such as an empty one. */
    void skip() {
        skipped++;
    }

    /** A line with an invalid message; the fault has its number. */
    void fault(String fault) {
        skipped++;
        if (faults.size() < NAMED_FAULTS) {
            faults.add(fault);
        }
    }

    /** Content of a message that is not imported, such as an attachment. */
    void leaveOut(int itsReactions, int itsFiles) {
        reactions += itsReactions;
        files += itsFiles;
    }

    /** A message that was valid when it was read, and rejected when it was stored. */
    void refused(long line, String reason) {
        fault("line " + line + " " + reason);
    }

    /** The file could not be read to its end. */
    void error(String message) {
        error = message;
    }

    void stored(boolean now) {
        if (now) {
            messages++;
        } else {
            repeated++;
        }
    }

    /** The report in the result of the job. {@code leftOut}, errors and the like are absent if there are none. */
    JsonObject json() {
        JsonObject json = JsonObject.of(
                "name",
                name,
                "bytes",
                bytes,
                "lines",
                lines,
                "messages",
                messages,
                "repeated",
                repeated,
                "skipped",
                skipped);
        if (reactions > 0 || files > 0) {
            json.put("leftOut", JsonObject.of("reactions", reactions, "files", files));
        }
        if (!faults.isEmpty()) {
            json.put("errors", new JsonArray(List.copyOf(faults)));
        }
        return error == null ? json : json.put("error", error);
    }

    static FileReport of(JsonObject json) {
        FileReport report = new FileReport(json.getString("name"), json.getLong("bytes"));
        report.lines = json.getLong("lines");
        report.messages = json.getLong("messages");
        report.repeated = json.getLong("repeated");
        report.skipped = json.getLong("skipped");
        JsonObject leftOut = json.getJsonObject("leftOut", JsonObject.of("reactions", 0, "files", 0));
        report.reactions = leftOut.getLong("reactions");
        report.files = leftOut.getLong("files");
        report.error = json.getString("error");
        json.getJsonArray("errors", new JsonArray()).forEach(fault -> report.faults.add((String) fault));
        return report;
    }
}
