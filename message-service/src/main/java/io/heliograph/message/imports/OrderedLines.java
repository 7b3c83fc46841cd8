package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The messages of files whose concatenation is in the order of times. While one file is stored, the next ones are read
 * ahead, up to two batches each.
 */
final class OrderedLines implements LineSource {

    /** Reads the file of this index from its beginning. */
    interface Reading {
        void read(int file, LineBatches batches) throws Exception;
    }

    /** A batch of a file: empty at the end, with a failure if the file cannot be read to its end. */
    private record Batch(int file, List<ImportedLine> lines, Throwable failure) {}

    private static final int AHEAD = 1;

    private final ImportRepository repository;
    private final JobExecution execution;
    private final ExecutorService readers;
    private final ImportCheckpoint checkpoint;
    /** The readers of the remaining files, the current one first. */
    private final Queue<BlockingQueue<Batch>> files = new ArrayDeque<>();

    OrderedLines(
            ImportRepository repository,
            JobExecution execution,
            ExecutorService readers,
            ImportCheckpoint checkpoint,
            Reading reading) {
        this.repository = repository;
        this.execution = execution;
        this.readers = readers;
        this.checkpoint = checkpoint;
        for (int file : checkpoint.remaining()) {
            BlockingQueue<Batch> batches = new LinkedBlockingQueue<>(AHEAD);
            files.add(batches);
            readers.execute(() -> read(file, reading, batches));
        }
    }

    private static void read(int file, Reading reading, BlockingQueue<Batch> batches) {
        try {
            Batch end;
            try {
                reading.read(file, new LineBatches(lines -> batches.put(new Batch(file, lines, null))));
                end = new Batch(file, List.of(), null);
            } catch (InterruptedException stopped) {
                throw stopped;
            } catch (Throwable failure) {
                // Any failure, since the consumer waits for the end.
                end = new Batch(file, List.of(), failure);
            }
            batches.put(end);
        } catch (InterruptedException stopped) {
            // There is no consumer any more.
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public List<WaitingLine> next() throws Exception {
        while (!files.isEmpty()) {
            Batch batch = files.element().take();
            if (batch.failure() != null) {
                throw batch.failure() instanceof Exception failure
                        ? failure
                        : new IllegalStateException(batch.failure());
            }
            if (batch.lines().isEmpty()) {
                files.remove();
                continue;
            }
            List<WaitingLine> waiting = batch.lines().stream()
                    .filter(line -> !checkpoint.isStored(batch.file(), line.line()))
                    .map(line -> new WaitingLine(batch.file(), line))
                    .toList();
            if (!waiting.isEmpty()) {
                return waiting;
            }
        }
        return List.of();
    }

    @Override
    public Future<Void> keep(ImportCheckpoint reached, WaitingLine stored) {
        return repository.keep(execution, reached);
    }

    @Override
    public void close() {
        readers.shutdownNow();
    }
}
