package io.heliograph.message.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What became of one file: how many lines it has (messages of an archive), how many were stored by this import or an
 * earlier one, and what was wrong. Used by one thread at a time.
 */
final class FileReport {

    /** Lines whose faults are named; of the others it is known how many there are. */
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

    /** A line that holds no message, as such. */
    void skip() {
        skipped++;
    }

    /** A line that should hold a message and does not; the fault says which line. */
    void fault(String fault) {
        skipped++;
        if (faults.size() < NAMED_FAULTS) {
            faults.add(fault);
        }
    }

    /** What a message has that is not imported with it. */
    void leaveOut(int itsReactions, int itsFiles) {
        reactions += itsReactions;
        files += itsFiles;
    }

    /** A message that was taken at first, and refused as it was to be stored. */
    void refused(long line, String reason) {
        fault("line " + line + " " + reason);
    }

    /** The file could not be read any further. */
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

    /** As it is in the result; without {@code leftOut}, errors and the like where there are none. */
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
