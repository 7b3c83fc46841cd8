package io.heliograph.message.room;

import io.heliograph.message.account.AccountSignals;
import io.heliograph.message.profile.UserProfiles;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Removes deleted accounts from their rooms, some rooms at a time, so that no lock is held for long and the feed of
 * profiles does not wait. The remaining work is in the database, so that another replica can continue it.
 */
@Singleton
final class AccountRemovalWorker {

    private static final Logger LOG = Logger.getLogger(AccountRemovalWorker.class);

    private final MemberRepository members;
    private final RoomConfig config;
    private final Vertx vertx;
    private final RoomPurge purge;
    private final AccountSignals signals;
    private final AtomicBoolean working = new AtomicBoolean();

    AccountRemovalWorker(
            MemberRepository members, RoomConfig config, Vertx vertx, RoomPurge purge, AccountSignals signals) {
        this.members = members;
        this.config = config;
        this.vertx = vertx;
        this.purge = purge;
        this.signals = signals;
    }

    void start(@Observes StartupEvent event, UserProfiles profiles) {
        profiles.whenDeleted(this::wake);
        vertx.setPeriodic(0, config.purgeInterval().toMillis(), timer -> wake());
    }

    private void wake() {
        if (working.compareAndSet(false, true)) {
            next();
        }
    }

    private void next() {
        members.leave(config.leaveChunk())
                .onSuccess(step -> {
                    step.removed().forEach(purge::removed);
                    step.heirs().forEach((room, heir) -> signals.members(room, List.of(heir)));
                    if (step.worked()) {
                        next();
                    } else {
                        working.set(false);
                    }
                })
                .onFailure(failure -> {
                    working.set(false);
                    LOG.warnf("Deleted accounts will leave their rooms later: %s", failure);
                });
    }
}
