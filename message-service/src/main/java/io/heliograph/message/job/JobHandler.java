package io.heliograph.message.job;

import io.vertx.core.json.JsonObject;

/** What carries out the jobs of one kind. Each is a bean; the kind is stored, so it never changes. */
public interface JobHandler {

    /** In snake_case. */
    String kind();

    /**
     * Does the work on a thread of its own, which may block, and returns the result. A job may be begun several times, and
     * what an earlier attempt stored may be there: the handler makes it take effect once, and stores under the fence of
     * the execution. It stops soon after {@link JobExecution#check} throws or its thread is interrupted. Throws
     * {@link JobFailure} where another attempt would fail alike; after anything else there is another attempt.
     */
    JsonObject run(JobExecution execution) throws Exception;
}
