package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFailure;
import io.heliograph.message.job.JobHandler;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.send.GroupCommit;
import io.heliograph.message.profile.AddressDirectory;
import io.heliograph.message.retention.RetentionRepository;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Imports files into a room in the order of the times of their messages. A first pass over all files produces their reports.
 * If the files can be ordered so that their concatenation is sorted, a second pass stores them; otherwise all messages are
 * staged in a table, which sorts them. A later attempt continues at the last checkpoint, and finds messages that were
 * stored after it by their client ids.
 */
@Singleton
class RoomImport implements JobHandler {

    static final String KIND = "room_import";

    private final ImportRepository repository;
    private final FilesReader reader;
    private final GroupCommit commits;
    private final AddressDirectory addresses;
    private final RetentionRepository retention;
    private final ImportConfig config;

    RoomImport(
            ImportRepository repository,
            FilesReader reader,
            GroupCommit commits,
            AddressDirectory addresses,
            RetentionRepository retention,
            ImportConfig config) {
        this.repository = repository;
        this.reader = reader;
        this.commits = commits;
        this.addresses = addresses;
        this.retention = retention;
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
        JsonObject known = execution.params().getJsonObject("checkpoint");
        ImportCheckpoint checkpoint = known == null ? read(execution, plan) : ImportCheckpoint.of(known);
        ImportAuthors authors = new ImportAuthors(
                repository,
                execution,
                plan.room(),
                importer,
                plan.byAddress() ? Optional.of(addresses) : Optional.empty());
        Optional<Instant> keptSince = execution.await(retention.keptSince(plan.room()));
        try (LineSource lines = lines(execution, plan, checkpoint)) {
            new MessageImporter(commits, execution, authors, checkpoint, keptSince, config.sendsAtOnce()).store(lines);
        }
        return JsonObject.of("files", checkpoint.reportsJson());
    }

    private ImportCheckpoint read(JobExecution execution, ImportPlan plan) throws Exception {
        List<FileScan> scans = reader.scan(execution, plan);
        Optional<List<Integer>> order = FileScan.order(scans);
        if (order.isEmpty()) {
            // An earlier attempt may have staged only a part.
            execution.await(repository.clear(execution));
            reader.stage(execution, plan);
        }
        ImportCheckpoint checkpoint = new ImportCheckpoint(
                scans.stream().map(FileScan::report).toList(),
                order.orElse(null),
                scans.stream().mapToLong(FileScan::messages).sum());
        execution.await(repository.keep(execution, checkpoint));
        return checkpoint;
    }

    private LineSource lines(JobExecution execution, ImportPlan plan, ImportCheckpoint checkpoint) {
        return checkpoint.order() == null
                ? new StagedLines(repository, execution, plan.askedAt())
                : reader.lines(execution, plan, checkpoint);
    }
}
