package io.heliograph.user.moderation;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.session.RevocationBus;
import io.heliograph.user.session.SessionService;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Bans accounts: their sessions end, all their tokens are revoked as long as the ban lasts, and they cannot sign in.
 * The revocation is removed when the ban is lifted or ends.
 */
@Singleton
public class AccountBans {

    private static final Logger LOG = Logger.getLogger(AccountBans.class);

    /** Some milliseconds of the database. */
    private static final int AT_ONCE = 100;

    private final AccountBanRepository repository;
    private final SessionService sessions;
    private final RevocationBus revocations;
    private final AuditLog audit;
    private final BanConfig config;
    private final Vertx vertx;

    AccountBans(
            AccountBanRepository repository,
            SessionService sessions,
            RevocationBus revocations,
            AuditLog audit,
            BanConfig config,
            Vertx vertx) {
        this.repository = repository;
        this.sessions = sessions;
        this.revocations = revocations;
        this.audit = audit;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        schedule();
    }

    /** Fails with {@code account_banned} if this account is banned. */
    public Uni<Void> requireNone(UUID user) {
        return repository
                .find(user)
                .invoke(found -> found.ifPresent(ban -> {
                    throw refusal(ban);
                }))
                .replaceWithVoid();
    }

    Uni<AccountBan> ban(AuditEvent event) {
        return repository
                .ban(event)
                .invoke(banned -> audit.record(event))
                .call(banned -> revocations.revokeUser(event.user()))
                .call(banned -> sessions.recordEnded(event.user(), banned.ended()))
                .map(AccountBanRepository.Banned::ban);
    }

    Uni<Void> lift(AuditEvent event) {
        return repository
                .lift(event)
                .invoke(lifted -> {
                    if (!lifted) {
                        throw unknown();
                    }
                    audit.record(event);
                })
                .call(lifted -> revocations.restoreUsers(List.of(event.user())))
                .replaceWithVoid();
    }

    Uni<AccountBan> find(UUID user) {
        return repository.find(user).map(found -> found.orElseThrow(AccountBans::unknown));
    }

    Uni<List<AccountBan>> list(UUID after, int limit) {
        return repository.list(after, limit);
    }

    private void schedule() {
        vertx.setTimer(config.sweepInterval().toMillis(), timer -> end());
    }

    private void end() {
        repository
                .end(AT_ONCE)
                .invoke(ended -> ended.forEach(user -> audit.record(AuditEvent.done(Kind.ACCOUNT_UNBAN, user))))
                .call(revocations::restoreUsers)
                .subscribe()
                .with(
                        ended -> {
                            if (ended.size() == AT_ONCE) {
                                end();
                            } else {
                                schedule();
                            }
                        },
                        failure -> {
                            LOG.debugf("Bans that are over will end later: %s", failure);
                            schedule();
                        });
    }

    private static ProblemException refusal(AccountBan ban) {
        return ProblemException.of(
                Status.FORBIDDEN,
                "account_banned",
                "This account is banned" + text(" until ", ban.until()) + text(": ", ban.reason()) + ".");
    }

    private static String text(String before, Object value) {
        return Optional.ofNullable(value).map(given -> before + given).orElse("");
    }

    private static ProblemException unknown() {
        return ProblemException.of(Status.NOT_FOUND, "ban_not_found", "This account does not exist, or is not banned.");
    }
}
