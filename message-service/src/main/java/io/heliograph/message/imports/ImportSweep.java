package io.heliograph.message.imports;

import io.heliograph.message.job.JobFileRepository;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Deletes files and staged lines of imports that have ended, in chunks. */
@Singleton
class ImportSweep {

    private static final Logger LOG = Logger.getLogger(ImportSweep.class);

    /** The interval of the sweep. */
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final ImportRepository repository;
    private final JobFileRepository files;
    private final Vertx vertx;
    private final AtomicBoolean deleting = new AtomicBoolean();

    ImportSweep(ImportRepository repository, JobFileRepository files, Vertx vertx) {
        this.repository = repository;
        this.files = files;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        vertx.setPeriodic(INTERVAL.toMillis(), timer -> {
            if (deleting.compareAndSet(false, true)) {
                next();
            }
        });
    }

    private void next() {
        repository
                .deleteLeft(RoomImport.KIND)
                .compose(lines -> files.deleteReceived(RoomImport.KIND)
                        .map(chunks -> lines == ImportRepository.DELETED_AT_ONCE
                                || chunks == JobFileRepository.deletedAtOnce()))
                .onSuccess(more -> {
                    if (more) {
                        next();
                    } else {
                        deleting.set(false);
                    }
                })
                .onFailure(failure -> {
                    deleting.set(false);
                    LOG.debugf("Files of imports that ended will be deleted later: %s", failure);
                });
    }
}
