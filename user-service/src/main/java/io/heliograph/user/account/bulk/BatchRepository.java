package io.heliograph.user.account.bulk;

import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.heliograph.user.account.Account;
import io.heliograph.user.account.AccountRepository;
import io.heliograph.user.account.ExternalId;
import io.heliograph.user.account.NewAccount;
import io.heliograph.user.account.bulk.Row.CreatedRow;
import io.heliograph.user.account.bulk.Row.FinishedRow;
import io.heliograph.user.account.bulk.Row.HashedRow;
import io.heliograph.user.account.bulk.Row.RejectedRow;
import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.idempotency.IdempotencyRepository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Adds many accounts in one statement, one batch at a time, and finds in a second one why names were not available. */
@Singleton
class BatchRepository extends Repository {

    /**
     * One batch at a time: two batches with the same names in another order would deadlock, which is detected only
     * after a second. The number is used for this lock only.
     */
    private static final String LOCK = """
            select pg_advisory_xact_lock(8081)
            """;

    /**
     * In the order of the batch, so that of two rows with the same name, or for the same user, the first is stored.
     * Reserved names are left out like taken ones; a row that was not stored is null.
     */
    private static final String ADD = """
            with proposed as materialized (
              select coalesce(external_id, uuidv7()) as id, username, email, display_name, password_hash, issuer, subject,
                     place, external_id is null or row_number() over (partition by external_id order by place) = 1 as is_first
              from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::uuid[], $6::text[], $7::text[])
                   with ordinality
                   as row (username, email, display_name, password_hash, external_id, issuer, subject, place)
            ),
            stored as (
              insert into users (id, username, email, display_name, password_hash)
              select id, username, email, display_name, password_hash
              from proposed
              where is_first and not exists (
                select from reserved_names
                where digest in (name_digest(username), name_digest(email)) and until > now()
              )
              -- A user whose account was deleted does not get another one.
              and not exists (select from external_identities where user_id = proposed.id)
              order by place
              on conflict do nothing
              returning %s
            ),
            linked as (
              insert into external_identities
                (issuer, subject, user_id, claimed_username, claimed_name, claimed_email, claimed_at)
              select issuer, subject, id, proposed.username, proposed.display_name, proposed.email, now()
              from proposed join stored using (id)
              where issuer is not null and is_first
            )
            select stored.*
            from proposed left join stored on stored.id = proposed.id and is_first
            order by place
            """.formatted(AccountRepository.COLUMNS);

    /** Runs after {@link #ADD}, whose own snapshot does not include the rows that it waited for. */
    private static final String WHAT_IS_TAKEN = """
            select exists (select from external_identities where user_id = asked.external_id) as external_id_taken,
                   exists (select from users where lower(username) = lower(asked.username))
                or exists (select from reserved_names where digest = name_digest(asked.username) and until > now())
                as username_taken
            from unnest($1::text[], $2::uuid[]) with ordinality as asked (username, external_id, place)
            order by place
            """;

    /** How often concurrent changes may interfere before the caller has to retry. */
    private static final int TRIES = 3;

    /** A deadlock; and a name that was given up and reserved after the statement began. */
    private static final Set<String> OVERTAKEN = Set.of("40P01", "23505");

    private static final String FIND = "select " + AccountRepository.COLUMNS + """
             from users where id = any($1) and deleted_at is null
            """;

    private final IdempotencyRepository keys;

    BatchRepository(Pool pool, DatabaseConfig config, IdempotencyRepository keys) {
        super(pool, config);
        this.keys = keys;
    }

    /**
     * Returns the result of each row: created, or rejected with {@code external_id_taken}, {@code username_taken} or
     * {@code email_taken}.
     *
     * @param request null for a request without an idempotency key
     * @param complete adds the rows that were rejected before
     */
    Uni<Answer<BatchResult>> add(
            IdempotentRequest request, List<HashedRow> rows, Function<List<FinishedRow>, BatchResult> complete) {
        return inTransaction(transaction -> keys.once(
                        transaction, request, () -> add(transaction, rows).map(complete), made -> StoredBatch.of(made)
                                .encode()))
                .onFailure(BatchRepository::isOvertaken)
                .retry()
                .atMost(TRIES);
    }

    /** The existing accounts among these ids, by id. */
    Uni<Map<UUID, Account>> find(Collection<UUID> ids) {
        return run(FIND, (Object) ids.toArray(UUID[]::new)).map(rows -> stream(rows)
                .map(AccountRepository::from)
                .collect(Collectors.toMap(Account::id, Function.identity())));
    }

    private static Uni<List<FinishedRow>> add(SqlConnection transaction, List<HashedRow> rows) {
        return run(transaction, LOCK)
                .flatMap(locked -> run(
                        transaction,
                        ADD,
                        column(rows, NewAccount::username),
                        column(rows, NewAccount::email),
                        column(rows, NewAccount::displayName),
                        column(rows, NewAccount::passwordHash),
                        externalAccounts(rows),
                        column(rows, account -> part(account, ExternalId::issuer)),
                        column(rows, account -> part(account, ExternalId::subject))))
                .flatMap(stored -> explain(transaction, rows, stream(stored).toList()));
    }

    private static Uni<List<FinishedRow>> explain(SqlConnection transaction, List<HashedRow> rows, List<Row> stored) {
        List<FinishedRow> done = new ArrayList<>();
        List<HashedRow> failed = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            if (stored.get(i).getUUID("id") == null) {
                failed.add(rows.get(i));
            } else {
                done.add(new CreatedRow(
                        rows.get(i).index(),
                        AccountRepository.from(stored.get(i)),
                        rows.get(i).account().externalId()));
            }
        }
        if (failed.isEmpty()) {
            return Uni.createFrom().item(done);
        }
        return run(transaction, WHAT_IS_TAKEN, column(failed, NewAccount::username), externalAccounts(failed))
                .map(answers -> {
                    Iterator<Row> taken = answers.iterator();
                    failed.forEach(row -> done.add(new RejectedRow(row.index(), refusal(taken.next()))));
                    return done;
                });
    }

    private static ProblemException refusal(Row taken) {
        if (taken.getBoolean("external_id_taken")) {
            return ProblemException.of(
                    Status.CONFLICT,
                    "external_id_taken",
                    "The person with this external id has an account already, or had one that was deleted.");
        }
        return taken.getBoolean("username_taken") ? AccountRepository.usernameTaken() : AccountRepository.emailTaken();
    }

    private static String part(NewAccount account, Function<ExternalId, String> part) {
        return account.externalId() == null ? null : part.apply(account.externalId());
    }

    private static UUID[] externalAccounts(List<HashedRow> rows) {
        return rows.stream()
                .map(HashedRow::account)
                .map(account -> account.externalId() == null
                        ? null
                        : account.externalId().accountId())
                .toArray(UUID[]::new);
    }

    private static String[] column(List<HashedRow> rows, Function<NewAccount, String> value) {
        return rows.stream().map(HashedRow::account).map(value).toArray(String[]::new);
    }

    private static boolean isOvertaken(Throwable failure) {
        return failure instanceof PgException refused && OVERTAKEN.contains(refused.getSqlState());
    }
}
