package io.heliograph.user.audit;

import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Actions on the accounts of other users, stored in the transaction of the action. */
@Singleton
public class AuditRepository extends Repository {

    private static final String ADD = """
            insert into audit_events (event, actor_id, user_id, session_id, reason, details)
            values ($1, $2, $3, $4, $5, $6)
            """;

    /** An account that is gone has no name. */
    private static final String LIST = """
            select e.*, a.username as actor_name, u.username
            from (
              select * from audit_events where id < $1 and ($2::uuid is null or user_id = $2)
              order by id desc limit $3
            ) e
            left join users a on a.id = e.actor_id
            left join users u on u.id = e.user_id
            order by e.id desc
            """;

    /** Reads only the oldest events. */
    private static final String DELETE_OLD = """
            delete from audit_events where id in (
              select id from (select id, at from audit_events order by id limit $2) oldest
              where at < now() - make_interval(secs => $1))
            """;

    private static final String ROLES = "roles";
    private static final String UNTIL = "until";

    AuditRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    public Uni<Void> add(SqlConnection transaction, AuditEvent event) {
        return run(
                        transaction,
                        ADD,
                        event.kind().label(),
                        event.by(),
                        event.user(),
                        event.session(),
                        event.reason(),
                        details(event))
                .replaceWithVoid();
    }

    /** The events before this id, newest first; only those about {@code user}, unless that is null. */
    Uni<List<AuditRecord>> list(UUID before, UUID user, int limit) {
        return run(LIST, before, user, limit)
                .map(rows -> stream(rows).map(AuditRepository::from).toList());
    }

    /** Deletes events that are older than so many seconds; returns how many, at most {@code limit}. */
    Uni<Integer> deleteOlderThan(double seconds, int limit) {
        return run(DELETE_OLD, seconds, limit).map(rows -> rows.rowCount());
    }

    private static JsonObject details(AuditEvent event) {
        JsonObject details = new JsonObject();
        if (event.roles() != null) {
            details.put(ROLES, new JsonArray(event.roles()));
        }
        if (event.until() != null) {
            details.put(UNTIL, event.until().toString());
        }
        return details.isEmpty() ? null : details;
    }

    private static AuditRecord from(Row row) {
        JsonObject details = row.get(JsonObject.class, "details");
        JsonArray roles = details == null ? null : details.getJsonArray(ROLES);
        String until = details == null ? null : details.getString(UNTIL);
        return new AuditRecord(
                row.getUUID("id"),
                row.getOffsetDateTime("at").toInstant(),
                row.getString("event"),
                AuditedUser.of(row.getUUID("actor_id"), row.getString("actor_name")),
                AuditedUser.of(row.getUUID("user_id"), row.getString("username")),
                row.getUUID("session_id"),
                row.getString("reason"),
                roles == null ? null : roles.stream().map(Object::toString).toList(),
                until == null ? null : Instant.parse(until));
    }
}
