package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFileRepository;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads the files of an import, several of them concurrently. If a file cannot be read, its report has the error, and the
 * others are still read. Each pass over the same files finds the same messages.
 */
@Singleton
class FilesReader {

    private final ImportRepository repository;
    private final JobFileRepository files;
    private final ImportConfig config;
    private final ReadingPace pace;

    FilesReader(ImportRepository repository, JobFileRepository files, ImportConfig config, ReadingPace pace) {
        this.repository = repository;
        this.files = files;
        this.config = config;
        this.pace = pace;
    }

    /** The first pass; the results are in the order of the files. Blocks. */
    List<FileScan> scan(JobExecution execution, ImportPlan plan) throws Exception {
        AtomicLong total = new AtomicLong();
        return sideBySide(plan.files(), file -> {
            FileReport report = new FileReport(file.name(), file.bytes());
            FileScan scan =
                    new FileScan(report, plan.askedAt(), more -> execution.advance(total.addAndGet(more), null));
            read(execution, plan, file, report, scan);
            scan.end();
            return scan;
        });
    }

    /** Writes all messages to the table from which {@link StagedLines} reads them in the order of their times. Blocks. */
    void stage(JobExecution execution, ImportPlan plan) throws Exception {
        sideBySide(plan.files(), file -> {
            LineBatches batches = new LineBatches(
                    lines -> execution.await(repository.stage(execution, file.number(), plan.askedAt(), lines)));
            readAgain(execution, plan, file, batches);
            batches.flush();
            return null;
        });
    }

    /** The messages of the files, one file after the other, from the position of the checkpoint. */
    OrderedLines lines(JobExecution execution, ImportPlan plan, ImportCheckpoint checkpoint) {
        ExecutorService readers = readers(checkpoint.order().size());
        return new OrderedLines(repository, execution, readers, checkpoint, (file, batches) -> {
            readAgain(execution, plan, plan.files().get(file), batches);
            batches.flush();
        });
    }

    /** Ignores faults, which the first pass has reported. */
    private void readAgain(JobExecution execution, ImportPlan plan, ReceivedFile file, FileReader.LineTarget target)
            throws Exception {
        read(execution, plan, file, new FileReport(file.name(), file.bytes()), line -> {
            if (line.fault(plan.askedAt()) == null) {
                target.add(line);
            }
        });
    }

    private void read(
            JobExecution execution, ImportPlan plan, ReceivedFile file, FileReport report, FileReader.LineTarget target)
            throws Exception {
        try {
            reader(file.name(), plan.channel(), config)
                    .read(file, () -> new ChunkInput(execution, files, file.number(), pace), report, target);
            if (file.bytes() == 0) {
                report.error("it is empty");
            }
        } catch (BadFile bad) {
            report.error(bad.getMessage());
        }
    }

    /** The reader for the extension of the file name. {@code channel} is the channel of an archive; it may be null. */
    static FileReader reader(String name, String channel, ImportConfig config) throws BadFile {
        String lower = name.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".txt")) {
            return new TextFileReader();
        } else if (lower.endsWith(".jsonl")) {
            return new JsonLinesReader();
        } else if (lower.endsWith(".zip")) {
            return new SlackArchiveReader(channel, config);
        }
        throw new BadFile("its name ends neither in .txt nor .jsonl nor .zip");
    }

    private interface Reading<T> {
        T read(ReceivedFile file) throws Exception;
    }

    private <T> List<T> sideBySide(List<ReceivedFile> all, Reading<T> reading) throws Exception {
        ExecutorService readers = readers(all.size());
        try {
            List<Future<T>> results = new ArrayList<>();
            for (ReceivedFile file : all) {
                results.add(readers.submit((Callable<T>) () -> reading.read(file)));
            }
            List<T> read = new ArrayList<>();
            for (Future<T> result : results) {
                read.add(result.get());
            }
            return read;
        } catch (ExecutionException failure) {
            throw failure.getCause() instanceof Exception cause ? cause : failure;
        } finally {
            readers.shutdownNow();
        }
    }

    private ExecutorService readers(int files) {
        return Executors.newFixedThreadPool(Math.max(1, Math.min(config.readersAtOnce(), files)), task -> {
            Thread thread = new Thread(task, "import");
            thread.setDaemon(true);
            return thread;
        });
    }
}
