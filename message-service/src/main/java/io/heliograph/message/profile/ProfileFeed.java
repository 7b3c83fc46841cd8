package io.heliograph.message.profile;

import io.heliograph.message.profile.UserServiceClient.Changes;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jboss.logging.Logger;

/**
 * Polls user-service for changes of profiles, on each replica by itself: applying a change is idempotent, and each replica
 * updates its cache. The position is stored in the transaction of the changes, so that nothing is missed over a restart,
 * however long user-service or this service was down.
 */
@Singleton
final class ProfileFeed {

    private static final Logger LOG = Logger.getLogger(ProfileFeed.class);

    private final UserProfiles profiles;
    private final ProfileRepository repository;
    private final UserServiceClient directory;
    private final FeedConfig config;
    private final ProfileFeedMetrics metrics;
    /**
     * Consecutive failures, about half a minute of them, after which a user-service that has never responded counts as
     * unavailable rather than starting.
     */
    private static final int FAILURES_AT_START = 6;

    // One request at a time, each after the response to the previous one: no two threads use these at once.
    private Long place;
    private int failures;
    private volatile boolean stopped;

    ProfileFeed(
            UserProfiles profiles,
            ProfileRepository repository,
            @RestClient UserServiceClient directory,
            FeedConfig config,
            ProfileFeedMetrics metrics) {
        this.profiles = profiles;
        this.repository = repository;
        this.directory = directory;
        this.config = config;
        this.metrics = metrics;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        if (config.secret().isPresent()) {
            ask(vertx, "Bearer " + config.secret().get());
        } else {
            LOG.info("heliograph.feed.secret is not set: changes of profiles are seen only by their owners' tokens");
        }
    }

    /** The dependencies of the feed are closed next; failures after this are not reported. */
    void stop(@Observes ShutdownEvent event) {
        stopped = true;
    }

    private void ask(Vertx vertx, String authorization) {
        if (stopped) {
            return;
        }
        read(authorization).onComplete(page -> {
            if (stopped) {
                return;
            }
            report(page);
            vertx.setTimer(delay(page).toMillis(), timer -> ask(vertx, authorization));
        });
    }

    /** Reads a page and applies it. Returns the number of changes. */
    private Future<Integer> read(String authorization) {
        return (place == null ? repository.place() : Future.succeededFuture(place))
                .compose(after -> Future.fromCompletionStage(directory.changes(authorization, after, config.pageSize()))
                        .compose(changes ->
                                apply(after, changes).map(changes.items().size())));
    }

    private Future<Void> apply(long after, Changes changes) {
        return applied(after, changes).onSuccess(done -> place = changes.next());
    }

    private Future<Void> applied(long after, Changes changes) {
        if (changes.next() < after) {
            LOG.warn("The database of user-service is in an earlier state: all changes of profiles are read again");
            return repository.goBack(changes.next());
        }
        return changes.items().isEmpty() ? Future.succeededFuture() : profiles.follow(changes.items(), changes.next());
    }

    private Duration delay(AsyncResult<Integer> page) {
        if (page.succeeded()) {
            return page.result() == config.pageSize() ? Duration.ofMillis(1) : config.interval();
        }
        Duration doubled = config.interval().multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(config.maxDelay()) < 0 ? doubled : config.maxDelay();
    }

    private void report(AsyncResult<Integer> page) {
        if (page.failed()) {
            metrics.failed();
            failures++;
            if (failures == (place == null ? FAILURES_AT_START : 1)) {
                LOG.warnf("Changes of profiles will be seen later: %s", page.cause());
            } else if (failures == 1) {
                LOG.infof("user-service does not serve the profile feed yet: %s", page.cause());
            }
            return;
        }
        metrics.succeeded(page.result());
        if (failures > 0) {
            LOG.info("Changes of profiles are seen again");
            failures = 0;
        }
    }
}
