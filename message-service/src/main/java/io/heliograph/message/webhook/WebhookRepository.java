package io.heliograph.message.webhook;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.message.idempotency.IdempotencyRepository;
import io.heliograph.rest.idempotency.Answer;
import io.heliograph.rest.idempotency.IdempotencyKeys;
import io.heliograph.rest.idempotency.IdempotentRequest;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Webhooks as their owners see and change them. The owner is null for an admin, who sees all. */
@Singleton
class WebhookRepository extends Repository {

    private static final String PATH = "/api/webhooks/";

    /** Fields of what is stored under an idempotency key. */
    private static final String ID = "id";

    private static final String UNTIL = "previousSecretUntil";

    private static final String COLUMNS = """
            id, owner_id, url, events, rooms, batch, enabled, disabled_reason, disabled_at, failing_since, last_error,
            created_at, updated_at
            """;

    /** Makes a concurrent join of a room wait until the webhook is stored, so that it finds the webhook. */
    private static final String LOCK_OWNER = "select from people where id = $1 for update";

    private static final String COUNT =
            "select count(*) filter (where owner_id = $1) as own, count(*) as n from webhooks";

    private static final String CREATE = """
            insert into webhooks (owner_id, url, events, rooms, batch, secret) values ($1, $2, $3, $4, $5, $6)
            returning\
            """ + " " + COLUMNS;

    /** Starts at the current end of each room. */
    private static final String FOLLOW = """
            insert into webhook_rooms (webhook_id, room_id, rev, known, head)
            select w.id, r.id, r.last_rev, r.last_rev, r.last_rev
            from webhooks w
            join members m on m.user_id = w.owner_id and (w.rooms is null or m.room_id = any(w.rooms))
            join rooms r on r.id = m.room_id
            where w.id = $1
            on conflict do nothing
            """;

    private static final String UNFOLLOW = """
            delete from webhook_rooms c using webhooks w
            where w.id = $1 and c.webhook_id = w.id and not c.room_id = any(w.rooms)
            """;

    private static final String FIND =
            "select " + COLUMNS + " from webhooks where id = $1 and ($2::uuid is null or owner_id = $2)";

    private static final String OF_OWNER =
            "select " + COLUMNS + " from webhooks where owner_id = $1 and id > $2 order by id limit $3";

    private static final String ALL = "select " + COLUMNS + " from webhooks where id > $1 order by id limit $2";

    /** Revokes the lease. A webhook that is enabled again continues with the changes that were not posted. */
    private static final String CHANGE = """
            update webhooks
            set url = coalesce($3, url), events = coalesce($4, events), batch = coalesce($5, batch),
                rooms = case when $6 then $7 else rooms end,
                enabled = coalesce($8, enabled),
                disabled_reason = case when $8 is null then disabled_reason end,
                disabled_at = case when $8 is null then disabled_at when not $8 then now() end,
                failing_since = case when $8 is true or $3 is not null then null else failing_since end,
                last_error = case when $8 is true or $3 is not null then null else last_error end,
                attempts = case when $8 is true or $3 is not null then 0 else attempts end,
                next_at = case when $8 is true or $3 is not null then now() else next_at end,
                fence = fence + 1, updated_at = now()
            where id = $1 and ($2::uuid is null or owner_id = $2)
            returning\
            """ + " " + COLUMNS;

    /** Records the changes of the time when it was disabled. */
    private static final String NOTE_ALL = """
            update webhook_rooms c set head = r.last_rev, pending_since = now(), turn_at = now()
            from rooms r where c.webhook_id = $1 and r.id = c.room_id and r.last_rev > c.rev
            """;

    private static final String FORGET_NOTED =
            "update webhook_rooms set head = rev where webhook_id = $1 and head > rev";

    /** The first secret is shown as long as there was no other. */
    private static final String CREATED = "select " + COLUMNS + """
            , case when previous_secret is null then secret end as secret
            from webhooks where id = $1
            """;

    private static final String ROTATED = """
            select secret, previous_until from webhooks
            where id = $1 and ($2::uuid is null or owner_id = $2) and previous_until = $3
            """;

    private static final String ROTATE = """
            update webhooks
            set previous_secret = secret, previous_until = now() + $4 * interval '1 millisecond', secret = $3,
                fence = fence + 1, updated_at = now()
            where id = $1 and ($2::uuid is null or owner_id = $2)
            returning secret, previous_until
            """;

    private static final String SECRETS = """
            select url, batch, secret, case when previous_until > now() then previous_secret end as previous_secret
            from webhooks where id = $1 and ($2::uuid is null or owner_id = $2)
            """;

    private static final String DELETE = "delete from webhooks where id = $1 and ($2::uuid is null or owner_id = $2)";

    private final WebhookConfig config;
    private final IdempotencyRepository keys;

    WebhookRepository(Pool pool, DatabaseConfig database, WebhookConfig config, IdempotencyRepository keys) {
        super(pool, database);
        this.config = config;
        this.keys = keys;
    }

    /**
     * Fails with {@code 409 too_many_webhooks}. The owner must have a profile; {@code request} is null without an
     * idempotency key.
     */
    Future<Webhook> create(UUID owner, NewWebhook wanted, WebhookSecret secret, IdempotentRequest request) {
        return inTransaction(transaction -> keys.once(
                        transaction,
                        request,
                        () -> create(transaction, owner, wanted, secret),
                        created -> Map.of(ID, created.id()))
                .compose(answer -> answer instanceof Answer.Replayed<Webhook> repeated
                        ? created(transaction, UUID.fromString(repeated.field(ID, Webhook::id)))
                        : Future.succeededFuture(answer.first())));
    }

    private static Future<Webhook> created(SqlConnection transaction, UUID webhook) {
        return run(transaction, CREATED, webhook).map(rows -> list(rows, WebhookRepository::shown).stream()
                .findFirst()
                .orElseThrow(() -> IdempotencyKeys.used(
                        "The webhook that was made under this Idempotency-Key is deleted.", PATH + webhook)));
    }

    private Future<Webhook> create(SqlConnection transaction, UUID owner, NewWebhook wanted, WebhookSecret secret) {
        return run(transaction, LOCK_OWNER, owner)
                .compose(locked -> run(transaction, COUNT, owner))
                .compose(counts -> {
                    check(counts.iterator().next());
                    return run(
                            transaction,
                            CREATE,
                            owner,
                            wanted.url(),
                            texts(wanted.events()),
                            wanted.rooms() == null ? null : wanted.rooms().toArray(UUID[]::new),
                            wanted.batch(),
                            secret.text());
                })
                .map(rows -> webhook(rows.iterator().next()))
                .compose(created -> run(transaction, FOLLOW, created.id()).map(created.withSecret(secret)));
    }

    private void check(Row counts) {
        if (counts.getLong("own") >= config.maxPerOwner()) {
            throw tooMany("One may have " + config.maxPerOwner() + " webhooks.");
        }
        if (counts.getLong("n") >= config.maxWebhooks()) {
            throw tooMany("There are as many webhooks as may be: " + config.maxWebhooks() + '.');
        }
    }

    private static ProblemException tooMany(String detail) {
        return ProblemException.of(Status.CONFLICT, "too_many_webhooks", detail);
    }

    Future<Optional<Webhook>> find(UUID id, UUID owner) {
        return run(FIND, id, owner)
                .map(rows -> list(rows, WebhookRepository::webhook).stream().findFirst());
    }

    /** In the order of their ids. */
    Future<List<Webhook>> list(UUID owner, UUID after, int limit) {
        return (owner == null ? run(ALL, after, limit) : run(OF_OWNER, owner, after, limit))
                .map(rows -> list(rows, WebhookRepository::webhook));
    }

    /** Empty if there is none. */
    Future<Optional<Webhook>> change(UUID id, UUID owner, WebhookPatch patch) {
        return inTransaction(transaction -> run(
                        transaction,
                        CHANGE,
                        id,
                        owner,
                        patch.newUrl(),
                        patch.newEvents() == null ? null : texts(patch.newEvents()),
                        patch.newBatch(),
                        patch.changesRooms(),
                        patch.newRooms() == null ? null : patch.newRooms().toArray(UUID[]::new),
                        patch.newEnabled())
                .map(rows -> list(rows, WebhookRepository::webhook).stream().findFirst())
                .compose(changed -> changed.isEmpty()
                        ? Future.succeededFuture(changed)
                        : follow(transaction, changed.get(), patch).map(changed)));
    }

    private Future<Void> follow(SqlConnection transaction, Webhook changed, WebhookPatch patch) {
        Future<?> rooms = !patch.changesRooms()
                ? Future.succeededFuture()
                : run(transaction, LOCK_OWNER, changed.owner())
                        .compose(locked -> changed.rooms() == null
                                ? Future.succeededFuture()
                                : run(transaction, UNFOLLOW, changed.id()))
                        .compose(left -> run(transaction, FOLLOW, changed.id()));
        return rooms.compose(followed -> patch.newEnabled() == null
                        ? Future.succeededFuture()
                        : run(transaction, patch.newEnabled() ? NOTE_ALL : FORGET_NOTED, changed.id()))
                .mapEmpty();
    }

    /**
     * Sets this secret. A repetition returns the same secret until it is replaced; after that it fails with
     * {@code idempotency_key_used}.
     */
    Future<RotatedSecret> rotate(UUID id, UUID owner, WebhookSecret secret, IdempotentRequest request) {
        return inTransaction(transaction -> keys.once(
                        transaction,
                        request,
                        () -> rotate(transaction, id, owner, secret),
                        rotated -> Map.of(UNTIL, rotated.previousSecretUntil()))
                .compose(answer -> answer instanceof Answer.Replayed<RotatedSecret> repeated
                        ? rotated(
                                transaction,
                                id,
                                owner,
                                Instant.parse(repeated.field(UNTIL, RotatedSecret::previousSecretUntil)))
                        : Future.succeededFuture(answer.first())));
    }

    private Future<RotatedSecret> rotate(SqlConnection transaction, UUID id, UUID owner, WebhookSecret secret) {
        return run(
                        transaction,
                        ROTATE,
                        id,
                        owner,
                        secret.text(),
                        config.secretOverlap().toMillis())
                .map(rows -> list(rows, WebhookRepository::rotatedSecret).stream()
                        .findFirst()
                        .orElseThrow(WebhookRepository::notFound));
    }

    private static Future<RotatedSecret> rotated(SqlConnection transaction, UUID id, UUID owner, Instant until) {
        return run(transaction, ROTATED, id, owner, time(until))
                .map(rows -> list(rows, WebhookRepository::rotatedSecret).stream()
                        .findFirst()
                        .orElseThrow(() -> IdempotencyKeys.used(
                                "The secret that was made under this Idempotency-Key was replaced.", PATH + id)));
    }

    /** The target of a test; empty if there is no such webhook. */
    Future<Optional<PostTarget>> target(UUID id, UUID owner) {
        return run(SECRETS, id, owner)
                .map(rows -> list(rows, WebhookRepository::target).stream().findFirst());
    }

    /** Returns whether there was one. */
    Future<Boolean> delete(UUID id, UUID owner) {
        return run(DELETE, id, owner).map(rows -> rows.rowCount() > 0);
    }

    static PostTarget target(Row row) {
        WebhookSecret secret = new WebhookSecret(row.getString("secret"));
        String previous = row.getString("previous_secret");
        return new PostTarget(
                row.getString("url"),
                previous == null ? List.of(secret) : List.of(secret, new WebhookSecret(previous)),
                row.getBoolean("batch"));
    }

    static Set<EventType> events(Row row) {
        Set<EventType> events = EnumSet.noneOf(EventType.class);
        for (String text : row.getArrayOfStrings("events")) {
            events.add(EventType.of(text));
        }
        return events;
    }

    static ProblemException notFound() {
        return ProblemException.of(Status.NOT_FOUND, "webhook_not_found", "The caller has no such webhook.");
    }

    private static String[] texts(Set<EventType> events) {
        return events.stream().map(EventType::text).toArray(String[]::new);
    }

    private static RotatedSecret rotatedSecret(Row row) {
        return new RotatedSecret(row.getString("secret"), instant(row, "previous_until"));
    }

    private static Webhook shown(Row row) {
        String secret = row.getString("secret");
        return secret == null ? webhook(row) : webhook(row).withSecret(new WebhookSecret(secret));
    }

    private static Webhook webhook(Row row) {
        UUID[] rooms = row.getArrayOfUUIDs("rooms");
        return new Webhook(
                row.getUUID("id"),
                row.getUUID("owner_id"),
                row.getString("url"),
                events(row),
                rooms == null ? null : List.of(rooms),
                row.getBoolean("batch"),
                row.getBoolean("enabled"),
                row.getString("disabled_reason"),
                instant(row, "disabled_at"),
                instant(row, "failing_since"),
                row.getString("last_error"),
                instant(row, "created_at"),
                instant(row, "updated_at"),
                null);
    }

    static Instant instant(Row row, String column) {
        OffsetDateTime time = row.getOffsetDateTime(column);
        return time == null ? null : time.toInstant();
    }

    static OffsetDateTime time(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
