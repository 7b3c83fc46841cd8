package io.heliograph.message.job;

import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Deletes expired jobs in chunks, and measures the queue. */
@Singleton
class JobSweep {

    private static final Logger LOG = Logger.getLogger(JobSweep.class);
    private static final int AT_ONCE = 100;

    private final JobQueueRepository queue;
    private final JobConfig config;
    private final JobMetrics metrics;
    private final Vertx vertx;
    private final AtomicBoolean deleting = new AtomicBoolean();

    JobSweep(JobQueueRepository queue, JobConfig config, JobMetrics metrics, Vertx vertx) {
        this.queue = queue;
        this.config = config;
        this.metrics = metrics;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(config.sweepInterval().toMillis(), timer -> {
            queue.backlog().onSuccess(metrics::backlog);
            queue.cancelWaiting();
            if (deleting.compareAndSet(false, true)) {
                delete();
            }
        });
    }

    private void delete() {
        queue.deleteOldChunks(AT_ONCE)
                .compose(chunks -> chunks == AT_ONCE ? Future.succeededFuture(AT_ONCE) : queue.deleteOld(AT_ONCE))
                .onSuccess(deleted -> {
                    if (deleted == AT_ONCE) {
                        delete();
                    } else {
                        deleting.set(false);
                    }
                })
                .onFailure(failure -> {
                    deleting.set(false);
                    LOG.debugf("Old jobs will be deleted later: %s", failure);
                });
    }
}
