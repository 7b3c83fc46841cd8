package io.heliograph.user.account;

import io.heliograph.rest.metadata.Metadata;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.database.UniReadPool;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
public class AccountRepository extends Repository {

    /** The columns that {@link #from} reads. */
    public static final String COLUMNS =
            "id, username, email, display_name, roles, created_at, updated_at, version, bot, metadata";

    private static final String ADD = """
            insert into users (username, email, display_name, password_hash, roles)
            values ($1, $2, $3, $4, $5)
            returning %s
            """.formatted(COLUMNS);

    private static final String FIND = """
            select %s from users where id = $1 and deleted_at is null
            """.formatted(COLUMNS);

    private static final String FIND_ALL = """
            select %s
            from unnest($1::uuid[]) with ordinality as asked (id, place) join users using (id)
            where deleted_at is null
            order by place
            """.formatted(COLUMNS);

    private static final String EXTERNAL_IDS = "select issuer, subject from external_identities where user_id = $1";

    /** The version of ids that are derived from an external id; only their accounts have an external id. */
    private static final int DERIVED = 8;

    private final UniReadPool reads;

    AccountRepository(Pool pool, DatabaseConfig config, UniReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /** Fails with {@code username_taken} or {@code email_taken}. */
    public Uni<Account> add(NewAccount account) {
        return run(
                        ADD,
                        account.username(),
                        account.email(),
                        account.displayName(),
                        account.passwordHash(),
                        account.roles().toArray(String[]::new))
                .map(rows -> from(rows.iterator().next()))
                .onFailure(PgException.class)
                .transform(AccountRepository::taken);
    }

    public Uni<Optional<Account>> find(UUID id) {
        return reads.run(FIND, id).map(rows -> first(rows).map(AccountRepository::from));
    }

    /** In the order of the request; accounts that do not exist are left out. */
    Uni<List<Account>> findAll(Collection<UUID> ids) {
        return reads.run(FIND_ALL, (Object) ids.toArray(UUID[]::new))
                .map(rows -> stream(rows).map(AccountRepository::from).toList());
    }

    /** The ids of this user in other systems. */
    public Uni<List<ExternalId>> externalIds(UUID account) {
        return account.version() == DERIVED
                ? reads.run(EXTERNAL_IDS, account).map(rows -> stream(rows)
                        .map(row -> new ExternalId(row.getString("issuer"), row.getString("subject")))
                        .toList())
                : Uni.createFrom().item(List.of());
    }

    public static Account from(Row row) {
        return new Account(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("email"),
                row.getString("display_name"),
                List.of(row.getArrayOfStrings("roles")),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant(),
                row.getLong("version"),
                row.getBoolean("bot"),
                Metadata.ofStored(row.getString("metadata")));
    }

    public static ProblemException usernameTaken() {
        return ProblemException.of(Status.CONFLICT, "username_taken", "Someone has this username already.");
    }

    public static ProblemException emailTaken() {
        return ProblemException.of(Status.CONFLICT, "email_taken", "There is an account with this address already.");
    }

    /** The problem of a name that is taken; else the failure itself. */
    public static Throwable taken(Throwable failure) {
        String constraint = ((PgException) failure).getConstraint();
        if ("users_username_unique".equals(constraint)) {
            return usernameTaken();
        } else if ("users_email_unique".equals(constraint)) {
            return emailTaken();
        }
        return failure;
    }
}
