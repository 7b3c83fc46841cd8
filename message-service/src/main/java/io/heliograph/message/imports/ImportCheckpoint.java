package io.heliograph.message.imports;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * The progress of an import after its first pass, from which a later attempt continues. Used by one thread.
 */
final class ImportCheckpoint {

    private final List<FileReport> reports;
    private final List<Integer> order;
    private final long messages;
    private long stored;
    private int file;
    private long line;

    /**
     * @param order the files in the order in which they are stored; null if lines are staged
     * @param messages the number of messages to store
     */
    ImportCheckpoint(List<FileReport> reports, List<Integer> order, long messages) {
        this(reports, order, messages, 0, -1, 0);
    }

    private ImportCheckpoint(
            List<FileReport> reports, List<Integer> order, long messages, long stored, int file, long line) {
        this.reports = reports;
        this.order = order;
        this.messages = messages;
        this.stored = stored;
        this.file = file;
        this.line = line;
    }

    List<FileReport> reports() {
        return reports;
    }

    List<Integer> order() {
        return order;
    }

    /** The total of the progress: each message is read once and stored once. */
    long done() {
        return messages + stored;
    }

    long total() {
        return 2 * messages;
    }

    /** These messages, and all before them, have been stored or rejected. */
    void settled(List<WaitingLine> lines) {
        WaitingLine last = lines.get(lines.size() - 1);
        stored += lines.size();
        file = last.file();
        line = last.line().line();
    }

    /** The files that have not been stored completely, in their order. */
    List<Integer> remaining() {
        return order.subList(Math.max(0, order.indexOf(file)), order.size());
    }

    /** The position in a file that has not been stored completely. */
    boolean isStored(int file, long line) {
        return file == this.file && line <= this.line;
    }

    JsonObject json() {
        return JsonObject.of(
                "reports",
                reportsJson(),
                "order",
                order == null ? null : new JsonArray(order),
                "messages",
                messages,
                "stored",
                stored,
                "file",
                file,
                "line",
                line);
    }

    JsonArray reportsJson() {
        JsonArray json = new JsonArray();
        reports.forEach(report -> json.add(report.json()));
        return json;
    }

    static ImportCheckpoint of(JsonObject json) {
        List<FileReport> reports = new ArrayList<>();
        for (Object report : json.getJsonArray("reports")) {
            reports.add(FileReport.of((JsonObject) report));
        }
        JsonArray files = json.getJsonArray("order");
        List<Integer> order =
                files == null ? null : files.stream().map(Integer.class::cast).toList();
        return new ImportCheckpoint(
                reports,
                order,
                json.getLong("messages"),
                json.getLong("stored"),
                json.getInteger("file"),
                json.getLong("line"));
    }
}
