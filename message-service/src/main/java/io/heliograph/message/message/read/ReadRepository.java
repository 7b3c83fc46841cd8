package io.heliograph.message.message.read;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Sender;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

@Singleton
class ReadRepository extends Repository {

    /** The read mark of a member; {@code moved} if this request has raised it to {@code seq}. */
    record Mark(long seq, boolean moved) {}

    /** A membership, whose row is locked; each room of a user has its own. */
    private record MemberRow(UUID room, UUID user) {}

    /**
     * Forward only unless $4, and not past the last message of the room. A mark that does not move is not written; if a
     * concurrent write overtook this one, the snapshot is older than the mark, which is then at least as high as
     * requested.
     */
    private static final String MOVE = """
            with wanted as (
              select m.read_seq, least($3, r.last_seq) as seq
              from members m join rooms r on r.id = m.room_id
              where m.room_id = $1 and m.user_id = $2
            ),
            moved as (
              update members m set read_seq = wanted.seq from wanted
              where m.room_id = $1 and m.user_id = $2
                and (m.read_seq < wanted.seq or ($4 and m.read_seq <> wanted.seq))
              returning m.read_seq
            )
            select case when $4 then seq else greatest(read_seq, seq) end as seq, exists (select from moved) as moved from wanted
            """;

    private static final String LIST = """
            select m.user_id, p.username, p.display_name, p.deleted, p.bot, m.read_seq
            from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id > $2
            order by m.user_id limit $3
            """;

    private static final String LARGER = "select from members where room_id = $1 offset $2 limit 1";

    private final LockingTransactions transactions;

    ReadRepository(Pool pool, DatabaseConfig config, LockingTransactions transactions) {
        super(pool, config);
        this.transactions = transactions;
    }

    /** Empty for a user who is not in the room. {@code force} can also move the mark back. */
    Future<Optional<Mark>> move(UUID room, UUID user, long seq, boolean force) {
        return transactions
                .run(
                        new MemberRow(room, user),
                        transaction -> transaction.preparedQuery(MOVE).execute(Tuple.of(room, user, seq, force)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(from(rows.iterator().next())));
    }

    /** The marks of members whose ids are above {@code after}, in the order of their ids. */
    Future<List<MemberMark>> list(UUID room, UUID after, int limit) {
        return run(LIST, room, after, limit).map(rows -> list(rows, ReadRepository::mark));
    }

    /** Whether the room has more than this number of members. */
    Future<Boolean> isLarger(UUID room, long members) {
        return run(LARGER, room, members).map(rows -> rows.size() > 0);
    }

    private static MemberMark mark(Row row) {
        return new MemberMark(
                new Sender(
                        row.getUUID("user_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted"),
                        row.getBoolean("bot")),
                row.getLong("read_seq"));
    }

    private static Mark from(Row row) {
        return new Mark(row.getLong("seq"), row.getBoolean("moved"));
    }
}
