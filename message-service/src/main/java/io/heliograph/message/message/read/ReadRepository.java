package io.heliograph.message.message.read;

import io.heliograph.message.database.LockingTransactions;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

@Singleton
class ReadRepository {

    /** The read mark of a member; {@code moved} if this request has raised it to {@code seq}. */
    record Mark(long seq, boolean moved) {}

    /** A membership: that of one person in many rooms is locked for each by itself. */
    private record MemberRow(UUID room, UUID user) {}

    /**
     * Forward only, and not past the last message of the room. A mark that does not move is not written; if a
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
              where m.room_id = $1 and m.user_id = $2 and m.read_seq < wanted.seq
              returning m.read_seq
            )
            select greatest(read_seq, seq) as seq, exists (select from moved) as moved from wanted
            """;

    private final LockingTransactions transactions;

    ReadRepository(LockingTransactions transactions) {
        this.transactions = transactions;
    }

    /** Empty for a user who is not in the room. */
    Future<Optional<Mark>> move(UUID room, UUID user, long seq) {
        return transactions
                .run(
                        new MemberRow(room, user),
                        transaction -> transaction.preparedQuery(MOVE).execute(Tuple.of(room, user, seq)))
                .map(rows -> rows.size() == 0
                        ? Optional.empty()
                        : Optional.of(from(rows.iterator().next())));
    }

    private static Mark from(Row row) {
        return new Mark(row.getLong("seq"), row.getBoolean("moved"));
    }
}
