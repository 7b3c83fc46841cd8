package io.heliograph.message.export;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFailure;
import io.heliograph.message.job.JobFileRepository;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** A file of JSON lines that is written into the chunks of a job. Holds one chunk and one line in memory. */
final class ExportFile {

    /** Writes the fields of one line. */
    interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    /** The only file of an export. */
    static final int FILE = 0;

    private static final JsonFactory JSON = new JsonFactory();

    private final JobExecution execution;
    private final JobFileRepository files;
    private final long maxBytes;
    private final ByteArrayOutputStream chunk = new ByteArrayOutputStream(JobFileRepository.CHUNK_BYTES * 2);
    private int chunks;
    private long bytes;

    ExportFile(JobExecution execution, JobFileRepository files, long maxBytes) {
        this.execution = execution;
        this.files = files;
        this.maxBytes = maxBytes;
    }

    void line(Fields fields) throws Exception {
        try (JsonGenerator json = JSON.createGenerator(chunk, JsonEncoding.UTF8)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        }
        endLine();
    }

    void line(JsonObject fields) throws Exception {
        chunk.write(fields.toBuffer().getBytes());
        endLine();
    }

    private void endLine() throws Exception {
        chunk.write('\n');
        if (chunk.size() >= JobFileRepository.CHUNK_BYTES) {
            flush();
        }
    }

    /** Stores the rest, and returns the result of the job: the address of the file and its contents. */
    JsonObject close(long messages) throws Exception {
        if (chunk.size() > 0) {
            flush();
        }
        return JsonObject.of("url", "/api/jobs/" + execution.id() + "/file", "bytes", bytes, "messages", messages);
    }

    private void flush() throws Exception {
        bytes += chunk.size();
        if (bytes > maxBytes) {
            throw new JobFailure(
                    "job_storage_full",
                    "With the file of this job more would be stored of the caller's jobs than may be.");
        }
        execution.await(files.append(execution, FILE, chunks++, Buffer.buffer(chunk.toByteArray())));
        chunk.reset();
    }
}
