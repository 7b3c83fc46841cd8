package io.heliograph.message.room;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Sender;
import io.heliograph.message.room.Invitation.InvitedTo;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;

/** Invitations that are not accepted yet. They are changed under the lock of the room. */
@Singleton
class InvitationRepository extends Repository {

    private static final String READ = """
            select r.id, r.name, r.topic, r.visibility, r.direct is not null as direct, i.role, i.created_at,
                   u.id as user_id, u.username, u.display_name, u.deleted, u.bot,
                   b.id as inviter_id, b.username as inviter_name, b.display_name as inviter_display_name,
                   b.deleted as inviter_deleted, b.bot as inviter_bot
            from i join rooms r on r.id = i.room_id join people u on u.id = i.user_id join people b on b.id = i.inviter_id
            """;

    private static final String OF_PERSON = """
            with i as materialized (
              select * from invitations where user_id = $1 and room_id > $2 order by room_id limit $3
            )
            """ + READ + "order by i.room_id";

    private static final String OF_ROOM = """
            with i as materialized (
              select * from invitations where room_id = $1 and user_id > $2 order by user_id limit $3
            )
            """ + READ + "order by i.user_id";

    /** The first inviter is kept. */
    private static final String INVITE = """
            with i as (
              insert into invitations (room_id, user_id, role, inviter_id) values ($1, $2, $3, $4)
              on conflict (room_id, user_id) do update
                set role = case when excluded.role = 'owner' then 'owner' else invitations.role end
              returning *
            )
            """ + READ;

    /** All but the users who have too many already. */
    private static final String INVITE_ALL = """
            insert into invitations (room_id, user_id, role, inviter_id)
            select $1, v.user_id, v.role, $4 from unnest($2::uuid[], $3::text[]) as v(user_id, role)
            where not exists (select from invitations w where w.user_id = v.user_id offset $5 limit 1)
            on conflict (room_id, user_id) do update
              set role = case when excluded.role = 'owner' then 'owner' else invitations.role end
            returning user_id
            """;

    private static final String COUNT =
            "select count(*) as n from (select from invitations where user_id = $1 and room_id <> $2 limit $3) i";

    private static final String REMOVE = "delete from invitations where room_id = $1 and user_id = any($2)";

    private final RoomConfig config;

    InvitationRepository(Pool pool, DatabaseConfig database, RoomConfig config) {
        super(pool, database);
        this.config = config;
    }

    /** The invitations of this user, in the order of the room ids. */
    Future<List<Invitation>> ofPerson(UUID person, UUID after, int limit) {
        return run(OF_PERSON, person, after, limit).map(rows -> list(rows, InvitationRepository::from));
    }

    /** The invitations into this room, in the order of the user ids. */
    Future<List<Invitation>> ofRoom(UUID room, UUID after, int limit) {
        return run(OF_ROOM, room, after, limit).map(rows -> list(rows, InvitationRepository::from));
    }

    Future<Invitation> invite(SqlConnection transaction, UUID room, UUID person, Role role, UUID by) {
        int most = config.maxInvitations();
        return run(transaction, COUNT, person, room, (long) most)
                .compose(rows -> rows.iterator().next().getLong("n") < most
                        ? run(transaction, INVITE, room, person, role.text(), by)
                        : Future.failedFuture(tooMany()))
                .map(rows -> from(rows.iterator().next()));
    }

    /** The users who could be invited; the others have too many invitations. */
    Future<List<UUID>> inviteAll(SqlConnection transaction, UUID room, List<UUID> people, List<Role> roles, UUID by) {
        return run(
                        transaction,
                        INVITE_ALL,
                        room,
                        people.toArray(UUID[]::new),
                        roles.stream().map(Role::text).toArray(String[]::new),
                        by,
                        (long) config.maxInvitations() - 1)
                .map(rows -> list(rows, row -> row.getUUID("user_id")));
    }

    /** Removes invitations; returns how many there were. */
    Future<Integer> remove(SqlConnection transaction, UUID room, UUID... people) {
        return run(transaction, REMOVE, room, people).map(rows -> rows.rowCount());
    }

    static ProblemException tooMany() {
        return ProblemException.of(
                Status.CONFLICT,
                "too_many_invitations",
                "As many invitations wait for this person as may wait for one.");
    }

    private static Invitation from(Row row) {
        return new Invitation(
                new InvitedTo(
                        row.getUUID("id"),
                        row.getString("name"),
                        row.getString("topic"),
                        Visibility.of(row.getString("visibility")),
                        row.getBoolean("direct") ? RoomKind.DIRECT : RoomKind.GROUP),
                new Sender(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted"),
                        row.getBoolean("bot")),
                Role.of(row.getString("role")),
                new Sender(
                        row.getUUID("inviter_id"),
                        row.getString("inviter_name"),
                        row.getString("inviter_display_name"),
                        row.getBoolean("inviter_deleted"),
                        row.getBoolean("inviter_bot")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
