package io.heliograph.user.serviceaccount;

import io.heliograph.rest.idempotency.IdempotencyKeys;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.DisplayNames;
import io.heliograph.user.account.profile.ProfileRepository;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.idempotency.IdempotencyRepository;
import io.heliograph.user.serviceaccount.ServiceAccount.SecretView;
import io.heliograph.user.token.Subject;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Service accounts and their secrets. */
@Singleton
class ServiceAccountRepository extends Repository {

    private static final String ID = "id";

    /** More than the backends of any installation; bounds the effect of a faulty script. */
    private static final int MOST = 100;

    /** One creation at a time, so that the count stays valid. The number is used for this lock only. */
    private static final String LOCK = "select pg_advisory_xact_lock(8082)";

    private static final String COUNT = "select count(*) as accounts from service_accounts";

    private static final String ADD = """
            with made as (
              insert into users (username, display_name, roles, bot) values ($1, $2, $3, true) returning id
            ), account as (
              insert into service_accounts (id, issuer, created_by) select id, $4, $5 from made
            )
            insert into client_secrets (account_id, hash) select id, $6 from made returning account_id
            """;

    private static final String VIEW = """
            select u.id, username, display_name, roles, u.created_at, issuer, created_by,
                   array(select id from client_secrets where account_id = a.id order by id desc) as secrets,
                   array(select created_at from client_secrets where account_id = a.id order by id desc) as secrets_made,
                   array(select last_used_at from client_secrets where account_id = a.id order by id desc) as secrets_used
            from service_accounts a join users u on u.id = a.id
            """;

    private static final String FIND = VIEW + " where a.id = $1";

    private static final String FIND_PAGE = VIEW + " where a.id > $1 order by a.id limit $2";

    private static final String LOCK_ACCOUNT = "select id from service_accounts where id = $1 for update";

    private static final String ADD_SECRET =
            "insert into client_secrets (account_id, hash) values ($1, $2) returning id";

    /** All but the newest two. */
    private static final String END_OLDER_SECRETS = """
            delete from client_secrets where id in (
              select id from client_secrets where account_id = $1 order by id desc offset 2
            )
            returning id
            """;

    private static final String END_SECRET = """
            delete from client_secrets where account_id = $1 and id = $2 returning id
            """;

    private static final String END_SECRETS = "delete from client_secrets where account_id = $1 returning id";

    private static final String DELETE = "delete from service_accounts where id = $1";

    /**
     * Records the use of the secret at most once a minute: each record is a row version, and a busy backend requests
     * tokens often.
     */
    private static final String AUTHENTICATE = """
            with used as (
              update client_secrets set last_used_at = now()
              where hash = $2 and account_id = $1
                and (last_used_at is null or last_used_at < now() - interval '1 minute')
            )
            select s.id as secret, issuer, u.id, username, display_name, version, roles
            from client_secrets s join service_accounts a on a.id = s.account_id join users u on u.id = a.id
            where hash = $2 and a.id = $1
            """;

    private final ProfileRepository profiles;
    private final IdempotencyRepository keys;

    ServiceAccountRepository(Pool pool, DatabaseConfig config, ProfileRepository profiles, IdempotencyRepository keys) {
        super(pool, config);
        this.profiles = profiles;
        this.keys = keys;
    }

    /**
     * Fails with {@code too_many_service_accounts}, with {@code username_taken}, and with {@code idempotency_key_used}
     * if the request, which may be null, was made before: the secret is not stored and cannot be returned again.
     */
    Uni<ServiceAccount> add(
            NewServiceAccount account, String username, ClientSecret secret, UUID by, IdempotentRequest request) {
        return inTransaction(transaction -> keys.once(
                        transaction,
                        request,
                        () -> add(transaction, account, username, secret, by),
                        made -> json(made.id())))
                .map(answer -> {
                    if (answer.isRepeated()) {
                        String location = ServiceAccount.path(answer.field(ID, ServiceAccount::id));
                        throw IdempotencyKeys.used(
                                "The service account was made already, and its secret shown: see Location, and add a secret.",
                                location);
                    }
                    return answer.first();
                })
                .onFailure(PgException.class)
                .transform(AccountRepository::taken);
    }

    private static Uni<ServiceAccount> add(
            SqlConnection transaction, NewServiceAccount account, String username, ClientSecret secret, UUID by) {
        return run(transaction, LOCK)
                .flatMap(locked -> run(transaction, COUNT))
                .invoke(counted -> {
                    if (counted.iterator().next().getLong("accounts") >= MOST) {
                        throw tooMany();
                    }
                })
                .flatMap(free -> run(
                        transaction,
                        ADD,
                        username,
                        DisplayNames.fold(account.name()),
                        account.distinctRoles().toArray(String[]::new),
                        account.issuer(),
                        by,
                        secret.hash()))
                .map(rows -> rows.iterator().next().getUUID("account_id"))
                .flatMap(id -> run(transaction, FIND, id))
                .map(rows -> from(rows.iterator().next()));
    }

    Uni<Optional<ServiceAccount>> find(UUID id) {
        return run(FIND, id).map(rows -> first(rows).map(ServiceAccountRepository::from));
    }

    /** The service accounts whose ids are above this one, in the order of their ids. */
    Uni<List<ServiceAccount>> findPage(UUID after, int limit) {
        return run(FIND_PAGE, after, limit)
                .map(rows -> stream(rows).map(ServiceAccountRepository::from).toList());
    }

    /**
     * Adds a secret, and ends all older ones except the newest. Fails with {@code service_account_not_found}, and with
     * {@code idempotency_key_used} if the request, which may be null, was made before.
     */
    Uni<NewSecret> addSecret(UUID account, ClientSecret secret, IdempotentRequest request) {
        return inTransaction(transaction -> keys.once(
                        transaction, request, () -> addSecret(transaction, account, secret), added -> json(added.id())))
                .map(answer -> {
                    if (answer.isRepeated()) {
                        String location = ServiceAccount.path(account) + "/secrets/" + answer.field(ID, NewSecret::id);
                        throw IdempotencyKeys.used(
                                "The secret was made already, and shown: see Location, delete it, and add another.",
                                location);
                    }
                    return answer.first();
                });
    }

    private static Uni<NewSecret> addSecret(SqlConnection transaction, UUID account, ClientSecret secret) {
        return lock(transaction, account)
                .flatMap(locked -> run(transaction, ADD_SECRET, account, secret.hash()))
                .map(rows -> rows.iterator().next().getUUID("id"))
                .flatMap(
                        id -> run(transaction, END_OLDER_SECRETS, account).map(ended -> new NewSecret(id, ids(ended))));
    }

    /** Ends a secret, which is returned; empty if the account has no such secret. */
    Uni<List<UUID>> endSecret(UUID account, UUID secret) {
        return run(END_SECRET, account, secret).map(ServiceAccountRepository::ids);
    }

    /** Deletes the account; completes with the ended secrets. Fails with {@code service_account_not_found}. */
    Uni<List<UUID>> delete(UUID account) {
        return inTransaction(transaction -> lock(transaction, account)
                .flatMap(locked -> run(transaction, END_SECRETS, account))
                .map(ServiceAccountRepository::ids)
                .call(ended -> run(transaction, DELETE, account))
                .call(ended -> profiles.erase(transaction, account)));
    }

    /** Empty unless this is a secret of this account. */
    Uni<Optional<AuthenticatedClient>> authenticate(UUID account, ClientSecret secret) {
        return run(AUTHENTICATE, account, secret.hash()).map(rows -> first(rows).map(ServiceAccountRepository::client));
    }

    private static String json(UUID made) {
        return new JsonObject().put(ID, made.toString()).encode();
    }

    private static Uni<UUID> lock(SqlConnection transaction, UUID account) {
        return run(transaction, LOCK_ACCOUNT, account)
                .map(rows -> first(rows).orElseThrow(ServiceAccount::unknown).getUUID("id"));
    }

    private static List<UUID> ids(RowSet<Row> rows) {
        return stream(rows).map(row -> row.getUUID("id")).toList();
    }

    private static AuthenticatedClient client(Row row) {
        Subject subject = new Subject(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                row.getLong("version"),
                List.of(row.getArrayOfStrings("roles")));
        return new AuthenticatedClient(subject, row.getUUID("secret"), row.getString("issuer"));
    }

    private static ServiceAccount from(Row row) {
        UUID id = row.getUUID("id");
        return new ServiceAccount(
                id,
                id.toString(),
                row.getString("display_name"),
                row.getString("username"),
                List.of(row.getArrayOfStrings("roles")),
                row.getString("issuer"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getUUID("created_by"),
                secrets(row));
    }

    private static List<SecretView> secrets(Row row) {
        UUID[] ids = row.getArrayOfUUIDs("secrets");
        OffsetDateTime[] made = row.getArrayOfOffsetDateTimes("secrets_made");
        OffsetDateTime[] used = row.getArrayOfOffsetDateTimes("secrets_used");
        return IntStream.range(0, ids.length)
                .mapToObj(
                        i -> new SecretView(ids[i], made[i].toInstant(), used[i] == null ? null : used[i].toInstant()))
                .toList();
    }

    private static ProblemException tooMany() {
        return ProblemException.of(
                Status.CONFLICT,
                "too_many_service_accounts",
                "There are " + MOST + " service accounts, which is as many as there may be: delete one first.");
    }

    /** A secret that was stored, and those that were ended for it. */
    record NewSecret(UUID id, List<UUID> ended) {}
}
