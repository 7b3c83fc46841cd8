package io.heliograph.message.audit;

import io.heliograph.message.audit.AuditEvent.AuditKind;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Sender;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;

/** The audit log: an event is stored in the transaction of its action, so that both are committed or neither. */
@Singleton
public class AuditRepository extends Repository {

    private static final String ADD = """
            insert into audit_events (event, actor_id, room_id, user_id, seq, reason, details)
            values ($1, $2, $3, $4, $5, $6, $7)
            """;

    /** The lateral lookup keeps the plan on the keys; a user who is unknown to this service has no name. */
    private static final String LIST = """
            select e.*, a.username as actor_name, a.display_name as actor_display_name, a.deleted as actor_deleted,
                   a.bot as actor_bot, u.username, u.display_name, u.deleted, u.bot
            from (
              select * from audit_events
              where id < $1 and ($2::uuid is null or room_id = $2) and ($3::uuid is null or user_id = $3)
              order by id desc limit $4
            ) e
            left join people a on a.id = e.actor_id
            left join people u on u.id = e.user_id
            order by e.id desc
            """;

    /** Reads only the oldest events. */
    private static final String DELETE_OLD = """
            delete from audit_events where id in (
              select id from (select id, at from audit_events order by id limit $2) oldest
              where at < now() - make_interval(secs => $1))
            """;

    private final MeterProvider<Counter> counters;

    AuditRepository(Pool pool, DatabaseConfig config, MeterRegistry registry) {
        super(pool, config);
        this.counters = Counter.builder("heliograph.audit.events")
                .description("Actions on the memberships, messages and rooms of other users, by kind")
                .withRegistry(registry);
        for (AuditKind kind : AuditKind.values()) {
            counter(kind);
        }
    }

    public Future<Void> record(SqlConnection transaction, AuditEvent event) {
        counter(event.kind()).increment();
        return run(
                        transaction,
                        ADD,
                        event.kind().label(),
                        event.actor(),
                        event.room(),
                        event.user(),
                        event.seq(),
                        event.reason(),
                        event.details())
                .mapEmpty();
    }

    /** The events before this id, newest first; only of this room and about this user, unless these are null. */
    Future<List<AuditRecord>> list(UUID before, UUID room, UUID user, int limit) {
        return run(LIST, before, room, user, limit).map(rows -> list(rows, AuditRepository::from));
    }

    /** Deletes events that are older than so many seconds; returns how many, at most {@code limit}. */
    Future<Integer> deleteOlderThan(double seconds, int limit) {
        return run(DELETE_OLD, seconds, limit).map(rows -> rows.rowCount());
    }

    /** A counter with the same labels as that of user-service. */
    private Counter counter(AuditKind kind) {
        return counters.withTags("event", kind.label(), "outcome", "done");
    }

    private static AuditRecord from(Row row) {
        UUID user = row.getUUID("user_id");
        JsonObject details = row.get(JsonObject.class, "details");
        return new AuditRecord(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                AuditKind.of(row.getString("event")),
                person(row, row.getUUID("actor_id"), "actor_name", "actor_display_name", "actor_deleted", "actor_bot"),
                row.getUUID("room_id"),
                user == null ? null : person(row, user, "username", "display_name", "deleted", "bot"),
                row.getLong("seq"),
                row.getString("reason"),
                details == null ? null : details.getMap());
    }

    private static Sender person(Row row, UUID id, String name, String displayName, String deleted, String bot) {
        return row.getString(name) == null
                ? new Sender(id, "", "", false)
                : new Sender(
                        id,
                        row.getString(name),
                        row.getString(displayName),
                        row.getBoolean(deleted),
                        row.getBoolean(bot));
    }
}
