package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFileRepository;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the files of an import, some of them side by side, into the lines that wait to be stored. A file that cannot be
 * read ends with an error in its report, and the others go on.
 */
@Singleton
class FilesReader {

    /** Lines in one statement. */
    private static final int BATCH = 500;
    /** Characters in one statement: lines may be long. */
    private static final int BATCH_CHARACTERS = 500_000;

    private final ImportRepository repository;
    private final JobFileRepository files;
    private final ImportConfig config;

    FilesReader(ImportRepository repository, JobFileRepository files, ImportConfig config) {
        this.repository = repository;
        this.files = files;
        this.config = config;
    }

    /** The reports, in the order of the files. Blocks. */
    List<FileReport> read(JobExecution execution, ImportPlan plan) throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(
                Math.max(1, Math.min(config.readersAtOnce(), plan.files().size())), task -> {
                    Thread thread = new Thread(task, "import");
                    thread.setDaemon(true);
                    return thread;
                });
        try {
            AtomicLong read = new AtomicLong();
            List<Future<FileReport>> reports = new ArrayList<>();
            for (ReceivedFile file : plan.files()) {
                reports.add(readers.submit(() -> read(execution, plan, file, read)));
            }
            List<FileReport> all = new ArrayList<>();
            for (Future<FileReport> report : reports) {
                all.add(report.get());
            }
            return all;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        } finally {
            readers.shutdownNow();
        }
    }

    private FileReport read(JobExecution execution, ImportPlan plan, ReceivedFile file, AtomicLong read)
            throws Exception {
        FileReport report = new FileReport(file.name(), file.bytes());
        Batch batch = new Batch(execution, plan, file, report, read);
        try {
            FileReader.of(file.name(), plan.channel(), config)
                    .read(file, () -> new ChunkInput(execution, files, file.number()), report, batch);
            if (file.bytes() == 0) {
                report.error("it is empty");
            }
        } catch (BadFile bad) {
            report.error(bad.getMessage());
        }
        batch.flush();
        return report;
    }

    private final class Batch implements FileReader.Target {

        private final JobExecution execution;
        private final ImportPlan plan;
        private final ReceivedFile file;
        private final FileReport report;
        /** Of all files. */
        private final AtomicLong read;

        private final List<ImportedLine> lines = new ArrayList<>();
        private int characters;

        Batch(JobExecution execution, ImportPlan plan, ReceivedFile file, FileReport report, AtomicLong read) {
            this.execution = execution;
            this.plan = plan;
            this.file = file;
            this.report = report;
            this.read = read;
        }

        @Override
        public void add(ImportedLine line) throws Exception {
            String fault = line.fault();
            if (fault != null) {
                report.refused(line.line(), "has no message: " + fault);
                return;
            }
            lines.add(line);
            characters += line.content().length();
            if (lines.size() == BATCH || characters > BATCH_CHARACTERS) {
                flush();
            }
        }

        void flush() throws Exception {
            if (!lines.isEmpty()) {
                execution.await(repository.stage(execution, file.number(), plan.askedAt(), lines));
                execution.advance(read.addAndGet(lines.size()), null);
                lines.clear();
                characters = 0;
            }
        }
    }
}
