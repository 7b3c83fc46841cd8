package io.heliograph.message.room;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.heliograph.message.message.Sender;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.UUID;

/** Blocks between users. */
@Singleton
class BlockRepository extends Repository {

    private static final String LOCK = "select from people where id = $1 for no key update";

    /** Requests of the blocked user to the other are deleted too. */
    private static final String ADD = """
            with own as (select count(*) as n from (select from blocks where user_id = $1 and blocked_id <> $2 limit $3) b),
            added as (
              insert into blocks (user_id, blocked_id) select $1, $2 from own where n < $3 on conflict do nothing
            ),
            invitations_gone as (
              delete from invitations where user_id = $1 and inviter_id = $2 and (select n from own) < $3
            )
            select n from own
            """;

    private static final String REMOVE = "delete from blocks where user_id = $1 and blocked_id = $2";

    private static final String LIST = """
            select b.blocked_id, p.username, p.display_name, p.deleted, p.bot, b.created_at
            from blocks b join people p on p.id = b.blocked_id
            where b.user_id = $1 and b.blocked_id > $2
            order by b.blocked_id limit $3
            """;

    private final int most;
    private final LockingTransactions transactions;

    BlockRepository(Pool pool, DatabaseConfig config, LockingTransactions transactions, RoomConfig rooms) {
        super(pool, config);
        this.transactions = transactions;
        this.most = rooms.maxBlocks();
    }

    /** The profiles of both users must be stored. May be repeated. */
    Future<Void> add(UUID person, UUID blocked) {
        return transactions.run(person, transaction -> run(transaction, LOCK, person)
                .compose(locked -> run(transaction, ADD, person, blocked, (long) most))
                .compose(rows -> rows.iterator().next().getLong("n") < most
                        ? Future.succeededFuture()
                        : Future.failedFuture(ProblemException.of(
                                Status.CONFLICT,
                                "too_many_blocks",
                                "A person may block " + most + " others; unblock a user first."))));
    }

    Future<Void> remove(UUID person, UUID blocked) {
        return transactions
                .run(person, transaction -> run(transaction, REMOVE, person, blocked))
                .mapEmpty();
    }

    /** In the order of the ids of the blocked users. */
    Future<List<Block>> list(UUID person, UUID after, int limit) {
        return run(LIST, person, after, limit).map(rows -> list(rows, BlockRepository::from));
    }

    private static Block from(Row row) {
        return new Block(
                new Sender(
                        row.getUUID("blocked_id"),
                        row.getString("username"),
                        row.getString("display_name"),
                        row.getBoolean("deleted"),
                        row.getBoolean("bot")),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
