package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;

/** The messages of files that are not sorted: the table of staged lines sorts them by time. */
final class StagedLines implements LineSource {

    private final ImportRepository repository;
    private final JobExecution execution;
    private final Instant askedAt;
    private WaitingLine last;

    StagedLines(ImportRepository repository, JobExecution execution, Instant askedAt) {
        this.repository = repository;
        this.execution = execution;
        this.askedAt = askedAt;
    }

    @Override
    public List<WaitingLine> next() throws Exception {
        List<WaitingLine> lines = execution.await(repository.next(execution, last, askedAt));
        if (!lines.isEmpty()) {
            last = lines.get(lines.size() - 1);
        }
        return lines;
    }

    /** Stored lines are removed from the table. */
    @Override
    public Future<Void> keep(ImportCheckpoint checkpoint, WaitingLine stored) {
        return repository.keep(execution, checkpoint, stored, askedAt);
    }

    @Override
    public void close() {}
}
