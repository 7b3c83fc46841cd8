package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFileRepository;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.ExecutionException;

/** The bytes of a file of a job, read in chunks. Blocks; used by one thread. */
final class ChunkInput extends InputStream {

    private final JobExecution execution;
    private final JobFileRepository files;
    private final int file;
    private final ReadingPace pace;
    private byte[] chunk = {};
    private int position;
    private int next;
    private long takenAt;

    ChunkInput(JobExecution execution, JobFileRepository files, int file, ReadingPace pace) {
        this.execution = execution;
        this.files = files;
        this.file = file;
        this.pace = pace;
    }

    @Override
    public int read() throws IOException {
        return ended() ? -1 : chunk[position++] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (ended()) {
            return -1;
        }
        int count = Math.min(length, chunk.length - position);
        System.arraycopy(chunk, position, bytes, offset, count);
        position += count;
        return count;
    }

    private boolean ended() throws IOException {
        if (position < chunk.length || next < 0) {
            return next < 0;
        }
        execution.check();
        try {
            if (next > 0) {
                Thread.sleep(pace.pauseMillis(System.nanoTime() - takenAt));
            }
            Buffer read = files.read(execution.id(), file, next)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get();
            chunk = read.getBytes();
        } catch (ExecutionException failure) {
            throw new IOException(failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
        takenAt = System.nanoTime();
        position = 0;
        next = chunk.length == 0 ? -1 : next + 1;
        return next < 0;
    }
}
