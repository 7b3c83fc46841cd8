package io.heliograph.message.job;

import io.vertx.core.json.JsonObject;

/** Executes the jobs of one kind. Each is a bean; the kind is stored, so it never changes. */
public interface JobHandler {

    /** The kind in snake_case. */
    String kind();

    /**
     * Executes the job on a thread of its own, which may block, and returns the result. A job may be started several
     * times, and earlier attempts may have written: the handler makes each effect happen once, and writes under the fence
     * of the execution. It stops soon after {@link JobExecution#check} throws or its thread is interrupted. Throws {@link
     * JobFailure} if a further attempt would fail for the same reason; any other failure leads to a retry.
     */
    JsonObject run(JobExecution execution) throws Exception;
}
