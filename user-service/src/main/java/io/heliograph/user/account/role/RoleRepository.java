package io.heliograph.user.account.role;

import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.Role;
import io.heliograph.user.audit.AuditEvent;
import io.heliograph.user.audit.AuditRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.session.SessionRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The roles of accounts. Once there is an admin, at least one remains after every change. */
@Singleton
public class RoleRepository extends Repository {

    private static final String ANY_ADMIN = """
            select exists (select from users where 'admin' = any(roles)) as any
            """;

    private static final String FIND_ACCOUNT = """
            select id from users where lower(username) = lower($1) and lower(email) = lower($2)
            """;

    private static final String FIND = """
            select roles from users where id = $1 and deleted_at is null and not bot
            """;

    /** If the last two admins demote each other, the second transaction waits here and then finds only one admin. */
    private static final String LOCK_ADMINS = """
            select id from users where 'admin' = any(roles) order by id for update
            """;

    /** Locks only if the account is an admin, so that other deletions do not wait. */
    private static final String LOCK_ADMINS_IF_ONE = """
            select id from users
            where 'admin' = any(roles) and exists (select from users where id = $1 and 'admin' = any(roles))
            order by id for update
            """;

    private static final String LOCK = """
            select roles, banned_until is not null as banned from users where id = $1 and deleted_at is null and not bot for update
            """;

    private static final String CHANGE = """
            update users set roles = $2 where id = $1
            """;

    private final AuditRepository audit;

    RoleRepository(Pool pool, DatabaseConfig config, AuditRepository audit) {
        super(pool, config);
        this.audit = audit;
    }

    Uni<Boolean> isThereAnAdmin() {
        return run(ANY_ADMIN).map(rows -> rows.iterator().next().getBoolean("any"));
    }

    /** The account that has both, without regard to case. */
    Uni<Optional<UUID>> findAccount(String username, String email) {
        return run(FIND_ACCOUNT, username, email).map(rows -> ids(rows).stream().findFirst());
    }

    /** Fails with {@code user_not_found}. */
    Uni<List<String>> find(UUID user) {
        return run(FIND, user).map(rows -> first(rows).map(RoleRepository::from).orElseThrow(Account::unknown));
    }

    /**
     * Replaces the roles of an account. If it loses a role its sessions end, because their tokens would still have it;
     * a new role takes effect when each session is renewed. Returns the sessions that ended. Fails with {@code
     * user_not_found}, {@code last_admin}, or {@code user_is_banned} for one that would become an admin.
     */
    Uni<List<UUID>> change(AuditEvent event) {
        UUID user = event.user();
        List<String> roles = event.roles();
        return inTransaction(transaction -> run(transaction, LOCK_ADMINS)
                .map(RoleRepository::ids)
                .invoke(admins -> {
                    if (!roles.contains(Role.ADMIN)) {
                        requireAnother(admins, user);
                    }
                })
                .flatMap(admins -> run(transaction, LOCK, user))
                .map(rows -> first(rows).orElseThrow(Account::unknown))
                .invoke(account -> {
                    if (roles.contains(Role.ADMIN) && account.getBoolean("banned")) {
                        throw ProblemException.of(
                                Status.CONFLICT, "user_is_banned", "This account is banned; end the ban first.");
                    }
                })
                .map(RoleRepository::from)
                .flatMap(before -> change(transaction, user, before, roles))
                .call(ended -> audit.add(transaction, event)));
    }

    /**
     * To be called in the transaction that deletes this account, before its row is locked: fails with {@code
     * last_admin} if there is no other admin, and locks the others until the commit.
     */
    public static Uni<Void> requireAnother(SqlConnection transaction, UUID leaving) {
        return run(transaction, LOCK_ADMINS_IF_ONE, leaving)
                .invoke(admins -> requireAnother(ids(admins), leaving))
                .replaceWithVoid();
    }

    private static void requireAnother(List<UUID> admins, UUID leaving) {
        if (admins.equals(List.of(leaving))) {
            throw ProblemException.of(Status.CONFLICT, "last_admin", "There must be another admin first.");
        }
    }

    private static Uni<List<UUID>> change(
            SqlConnection transaction, UUID user, List<String> before, List<String> roles) {
        return run(transaction, CHANGE, user, roles.toArray(String[]::new))
                .flatMap(changed -> roles.containsAll(before)
                        ? Uni.createFrom().item(List.of())
                        : SessionRepository.endAllBut(transaction, user, null));
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return stream(rows).map(row -> row.getUUID("id")).toList();
    }

    private static List<String> from(Row row) {
        return List.of(row.getArrayOfStrings("roles"));
    }
}
