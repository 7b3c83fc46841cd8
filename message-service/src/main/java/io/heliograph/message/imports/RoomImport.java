package io.heliograph.message.imports;

import io.heliograph.message.imports.ImportRepository.WaitingLine;
import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFailure;
import io.heliograph.message.job.JobHandler;
import io.heliograph.message.message.Sender;
import io.heliograph.message.send.GroupCommit;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Imports files into a room: first all of them are read into lines that wait, then these are stored in the order of their
 * times. A later attempt goes on where the last one came to, and what was stored is found stored by its client id.
 */
@Singleton
class RoomImport implements JobHandler {

    static final String KIND = "room_import";

    private final ImportRepository repository;
    private final FilesReader reader;
    private final GroupCommit commits;
    private final ImportConfig config;

    RoomImport(ImportRepository repository, FilesReader reader, GroupCommit commits, ImportConfig config) {
        this.repository = repository;
        this.reader = reader;
        this.commits = commits;
        this.config = config;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public JsonObject run(JobExecution execution) throws Exception {
        ImportPlan plan = ImportPlan.of(execution);
        Sender importer = execution
                .await(repository.owner(plan.room(), execution.user()))
                .orElseThrow(() -> new JobFailure("room_not_found", "The room is gone, or is no longer the caller's."));
        List<FileReport> reports = read(execution, plan);
        store(execution, plan, importer, reports);
        return JsonObject.of("files", json(reports));
    }

    private List<FileReport> read(JobExecution execution, ImportPlan plan) throws Exception {
        JsonArray known = execution.params().getJsonArray("reports");
        if (known != null) {
            List<FileReport> reports = new ArrayList<>();
            for (int i = 0; i < known.size(); i++) {
                reports.add(FileReport.of(known.getJsonObject(i)));
            }
            return reports;
        }
        execution.await(repository.clear(execution));
        List<FileReport> reports = reader.read(execution, plan);
        execution.await(repository.keepReports(execution, json(reports)));
        return reports;
    }

    private void store(JobExecution execution, ImportPlan plan, Sender importer, List<FileReport> reports)
            throws Exception {
        MessageImporter messages = new MessageImporter(repository, commits, execution, plan.room(), importer);
        long waiting = execution.await(repository.count(execution.id()));
        long read = waiting + reports.stream().mapToLong(FileReport::settled).sum();
        // Each message is read once and stored once.
        long total = 2 * read;
        long done = total - waiting;
        List<WaitingLine> lines = execution.await(repository.next(execution, config.sendsAtOnce()));
        while (!lines.isEmpty()) {
            messages.store(lines, reports);
            execution.await(repository.stored(execution, lines.get(lines.size() - 1), plan.askedAt(), json(reports)));
            done += lines.size();
            execution.advance(done, total);
            lines = execution.await(repository.next(execution, config.sendsAtOnce()));
        }
        execution.advance(done, total);
    }

    private static JsonArray json(List<FileReport> reports) {
        JsonArray json = new JsonArray();
        reports.forEach(report -> json.add(report.json()));
        return json;
    }
}
