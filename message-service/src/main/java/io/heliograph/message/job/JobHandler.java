package io.heliograph.message.job;

import io.vertx.core.json.JsonObject;

/** Executes the jobs of one kind. Each is a bean; the kind is stored, so it never changes. */
public interface JobHandler {

    /** In snake_case. */
    String kind();

    /**
     * Does the work on a thread of its own, which may block, and returns the result. A job may be started several
     * times, and the writes of an earlier attempt may be there: the handler makes them take effect once, and writes
     * under the fence of the execution. It stops soon after {@link JobExecution#check} throws or its thread is
     * interrupted. Throws {@link JobFailure} where another attempt would fail alike; after any other failure there is
     * another attempt.
     */
    JsonObject run(JobExecution execution) throws Exception;
}
