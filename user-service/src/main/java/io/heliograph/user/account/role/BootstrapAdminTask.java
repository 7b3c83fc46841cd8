package io.heliograph.user.account.role;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.NewAccount;
import io.heliograph.user.account.NewUser;
import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditEvent.Kind;
import io.heliograph.user.audit.AuditLog;
import io.heliograph.user.signin.password.HashQuota;
import io.heliograph.user.signin.password.PasswordHasher;
import io.heliograph.user.startup.StartUpTask;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Creates the configured first admin at the start, while there is no admin: with a password it creates the account,
 * without one it promotes an existing account. While there is any admin it does nothing, so that a later change of the
 * settings gives no rights, and replicas that start together agree.
 */
@Singleton
class BootstrapAdminTask implements StartUpTask {

    private final BootstrapAdmin wanted;
    private final RoleRepository roles;
    private final AccountRepository accounts;
    private final PasswordHasher passwords;
    private final AuditLog audit;
    private volatile boolean unanswered;

    BootstrapAdminTask(
            BootstrapAdmin wanted,
            RoleRepository roles,
            AccountRepository accounts,
            PasswordHasher passwords,
            AuditLog audit) {
        this.wanted = wanted;
        this.roles = roles;
        this.accounts = accounts;
        this.passwords = passwords;
        this.audit = audit;
    }

    @Override
    public String name() {
        return "the first admin";
    }

    @Override
    public Uni<Void> attempt() {
        return wanted.isGiven()
                ? roles.isThereAnAdmin().flatMap(there -> there ? recordUnanswered() : ensure(wanted.read()))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> ensure(NewUser admin) {
        return admin.password() == null ? promote(admin) : make(admin);
    }

    private Uni<Void> make(NewUser admin) {
        return passwords
                .hash(HashQuota.UNBOUNDED, admin.password())
                .flatMap(hash ->
                        answered(accounts.add(new NewAccount(admin.username(), admin.email(), null, hash, Role.ALL))))
                .invoke(account -> record(account.id()))
                .replaceWithVoid()
                .onFailure(ProblemException.class)
                .recoverWithUni(this::ignoreIfAdminExists);
    }

    /** Remembers that the outcome of an attempt is unknown. */
    private <T> Uni<T> answered(Uni<T> change) {
        return change.onFailure(failure -> !(failure instanceof ProblemException))
                .invoke(failure -> unanswered = true);
    }

    /** An attempt without a response may have created the admin that is there now; its audit line is missing then. */
    private Uni<Void> recordUnanswered() {
        if (!unanswered) {
            return Uni.createFrom().voidItem();
        }
        NewUser admin = wanted.read();
        return roles.findAccount(admin.username(), admin.email())
                .flatMap(found -> found.map(this::recordIfAdmin)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .invoke(() -> unanswered = false);
    }

    private Uni<Void> recordIfAdmin(UUID account) {
        return roles.find(account)
                .invoke(given -> {
                    if (given.contains(Role.ADMIN)) {
                        record(account);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> ignoreIfAdminExists(Throwable taken) {
        return roles.isThereAnAdmin()
                .invoke(there -> {
                    if (!there) {
                        throw new IllegalStateException(
                                "%s.username or .email belongs to an account that is no admin (%s):"
                                                .formatted(
                                                        BootstrapAdminConfig.PREFIX, ((ProblemException) taken).code())
                                        + " leave the password out to make that account admin, or give others");
                    }
                })
                .flatMap(there -> recordUnanswered());
    }

    /** Username and address both have to match: anyone could have registered the username before. */
    private Uni<Void> promote(NewUser admin) {
        return roles.findAccount(admin.username(), admin.email())
                .map(found -> found.orElseThrow(() -> new IllegalStateException(
                        "There is no account with the username and address of %1$s: to make it, set %1$s.password-file or %1$s.password"
                                .formatted(BootstrapAdminConfig.PREFIX))))
                .map(BootstrapAdminTask::event)
                .call(event -> answered(roles.change(event)))
                .invoke(audit::record)
                .replaceWithVoid();
    }

    private void record(UUID admin) {
        audit.record(event(admin));
    }

    private static AuditEvent event(UUID admin) {
        return AuditEvent.done(Kind.ROLE_CHANGE, admin).roles(Role.ALL);
    }
}
