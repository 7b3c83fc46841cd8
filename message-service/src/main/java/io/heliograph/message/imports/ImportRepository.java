package io.heliograph.message.imports;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.JobPool;
import io.heliograph.message.database.Repository;
import io.heliograph.message.job.JobExecution;
import io.heliograph.message.message.Sender;
import io.heliograph.rest.metadata.Metadata;
import io.quarkus.reactive.datasource.ReactiveDataSource;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Stores staged lines and checkpoints of imports, and looks up accounts of authors. */
@Singleton
class ImportRepository extends Repository {

    /** An account that a file may name, and whether it is in the room. */
    record Account(String name, Sender sender, boolean member) {}

    static final int DELETED_AT_ONCE = 5_000;

    /** The most lines of one page. */
    private static final int PAGE = 1_000;
    /** The most bytes of content of one page, without its last line. */
    private static final int PAGE_BYTES = 250_000;

    private static final String HELD = """
            held as (select id from jobs where id = $1 and fence = $2 and state = 'running' for share)
            """;

    private static final String STAGE = "with " + HELD + """
            insert into import_lines (job_id, sent_at, file, line, username, address, author, client_id, content, metadata, timed)
            select held.id, coalesce(l.sent_at, $3), $4, l.line, l.username, l.address, l.author, l.client_id, l.content,
                   l.metadata, l.sent_at is not null
            from held, unnest($5::timestamptz[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[],
                              $12::text[])
                         as l(sent_at, line, username, address, author, client_id, content, metadata)
            """;

    private static final String CLEAR = "with " + HELD + """
            delete from import_lines where (job_id, sent_at, file, line) in (
              select job_id, sent_at, file, line from import_lines
              where job_id = (select id from held) order by sent_at, file, line limit $3
            )
            """;

    private static final String KEEP = """
            update jobs set params = params || jsonb_build_object('checkpoint', $3::jsonb)
            where id = $1 and fence = $2 and state = 'running'
            """;

    private static final String NEXT = "with " + HELD + """
            select n.* from (
              select l.*, sum(size) over (order by l.sent_at, l.file, l.line) as bytes
              from (
                select sent_at, file, line, timed, username, address, author, client_id, content, metadata,
                       octet_length(content) + coalesce(octet_length(metadata), 0) as size
                from import_lines
                where job_id = (select id from held) and (sent_at, file, line) > ($3, $4, $5)
                order by sent_at, file, line limit $6
              ) l
            ) n
            where n.bytes - n.size <= $7 order by n.sent_at, n.file, n.line
            """;

    /** Lines up to this position in the order of times have been stored. */
    private static final String KEEP_STAGED = "with " + HELD + """
            , gone as (
              delete from import_lines where job_id = (select id from held) and (sent_at, file, line) <= ($4, $5, $6)
            )
            update jobs set params = params || jsonb_build_object('checkpoint', $3::jsonb)
            where id = (select id from held)
            """;

    /** If the names of accounts differ only in case, the account that has the name now. */
    private static final String ACCOUNTS = """
            select lower(p.username) as name, p.id, p.username, p.display_name, p.bot, m.user_id is not null as member
            from unnest($2::text[]) as n(name)
            join people p on lower(p.username) = lower(n.name) and not p.deleted
            left join members m on m.room_id = $1 and m.user_id = p.id
            """;

    private static final String ACCOUNTS_BY_ID = """
            select lower(p.username) as name, p.id, p.username, p.display_name, p.bot, m.user_id is not null as member
            from people p left join members m on m.room_id = $1 and m.user_id = p.id
            where p.id = any($2) and not p.deleted
            """;

    private static final String OWNER = """
            select p.id, p.username, p.display_name, p.bot from members m join people p on p.id = m.user_id
            where m.room_id = $1 and m.user_id = $2 and m.role = 'owner'
            """;

    /** The client ids among these that are stored for the sender. */
    private static final String KNOWN = """
            select k.n from unnest($2::uuid[], $3::text[]) with ordinality as k(sender_id, client_id, n)
            where exists (
              select from messages where room_id = $1 and sender_id = k.sender_id and client_id = k.client_id
            )
            """;

    /** Some staged lines of jobs that have ended. */
    private static final String DELETE_LEFT = """
            delete from import_lines where (job_id, sent_at, file, line) in (
              select l.job_id, l.sent_at, l.file, l.line from jobs j join import_lines l on l.job_id = j.id
              where j.finished_at is not null and j.kind = $1 limit $2 for update of l skip locked
            )
            """;

    ImportRepository(@ReactiveDataSource(JobPool.NAME) Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** Stages messages of a file. Those without a time are sorted at {@code otherwise}. */
    Future<Void> stage(JobExecution execution, int file, Instant otherwise, List<ImportedLine> lines) {
        return run(
                        STAGE,
                        execution.id(),
                        execution.fence(),
                        otherwise.atOffset(ZoneOffset.UTC),
                        file,
                        lines.stream()
                                .map(line -> line.sentAt() == null
                                        ? null
                                        : line.sentAt().atOffset(ZoneOffset.UTC))
                                .toArray(OffsetDateTime[]::new),
                        lines.stream().map(ImportedLine::line).toArray(Long[]::new),
                        lines.stream().map(ImportedLine::username).toArray(String[]::new),
                        lines.stream().map(ImportedLine::address).toArray(String[]::new),
                        lines.stream().map(ImportedLine::author).toArray(String[]::new),
                        lines.stream().map(ImportedLine::clientId).toArray(String[]::new),
                        lines.stream().map(ImportedLine::content).toArray(String[]::new),
                        lines.stream()
                                .map(ImportedLine::metadata)
                                .map(metadata -> metadata == null ? null : metadata.json())
                                .toArray(String[]::new))
                .compose(rows -> rows.rowCount() == lines.size() ? Future.succeededFuture() : lost());
    }

    /** Deletes the staged lines of an earlier attempt that did not stage all. */
    Future<Void> clear(JobExecution execution) {
        return run(CLEAR, execution.id(), execution.fence(), DELETED_AT_ONCE)
                .compose(rows -> rows.rowCount() == DELETED_AT_ONCE ? clear(execution) : Future.succeededFuture());
    }

    /** Stores the checkpoint, from which a further attempt continues. */
    Future<Void> keep(JobExecution execution, ImportCheckpoint checkpoint) {
        return run(KEEP, execution.id(), execution.fence(), checkpoint.json())
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : lost());
    }

    /** Stores the checkpoint, and deletes the staged lines up to the last one that was stored. */
    Future<Void> keep(JobExecution execution, ImportCheckpoint checkpoint, WaitingLine last, Instant otherwise) {
        return run(
                        KEEP_STAGED,
                        execution.id(),
                        execution.fence(),
                        checkpoint.json(),
                        last.line().time(otherwise).atOffset(ZoneOffset.UTC),
                        last.file(),
                        last.line().line())
                .compose(rows -> rows.rowCount() == 1 ? Future.succeededFuture() : lost());
    }

    /** The next staged messages in the order of their times: after this one, or from the first one if it is null. */
    Future<List<WaitingLine>> next(JobExecution execution, WaitingLine after, Instant otherwise) {
        return run(
                        NEXT,
                        execution.id(),
                        execution.fence(),
                        (after == null ? Instant.EPOCH : after.line().time(otherwise)).atOffset(ZoneOffset.UTC),
                        after == null ? -1 : after.file(),
                        after == null ? -1L : after.line().line(),
                        PAGE,
                        PAGE_BYTES)
                .map(rows -> list(rows, ImportRepository::waiting));
    }

    /** The accounts of these names. */
    Future<List<Account>> accountsByName(UUID room, List<String> names) {
        return run(ACCOUNTS, room, names.toArray(String[]::new)).map(rows -> list(rows, ImportRepository::account));
    }

    /** The accounts with these ids. */
    Future<List<Account>> accountsById(UUID room, Collection<UUID> ids) {
        return run(ACCOUNTS_BY_ID, room, ids.toArray(UUID[]::new)).map(rows -> list(rows, ImportRepository::account));
    }

    private static Account account(Row row) {
        return new Account(row.getString("name"), sender(row), row.getBoolean("member"));
    }

    /** Empty if the user does not own the room, or there is no such room. */
    Future<Optional<Sender>> owner(UUID room, UUID person) {
        return run(OWNER, room, person)
                .map(rows -> list(rows, ImportRepository::sender).stream().findFirst());
    }

    /** The indexes, from 0, of the pairs of sender and client id that are stored in the room. */
    Future<List<Integer>> known(UUID room, List<UUID> senders, List<String> clientIds) {
        return run(KNOWN, room, senders.toArray(UUID[]::new), clientIds.toArray(String[]::new))
                .map(rows -> list(rows, row -> row.getInteger("n") - 1));
    }

    /** Deletes some staged lines of jobs that have ended; returns how many were deleted. */
    Future<Integer> deleteLeft(String kind) {
        return run(DELETE_LEFT, kind, DELETED_AT_ONCE).map(rows -> rows.rowCount());
    }

    private static WaitingLine waiting(Row row) {
        Instant at = row.getOffsetDateTime("sent_at").toInstant();
        return new WaitingLine(
                row.getInteger("file"),
                new ImportedLine(
                        row.getLong("line"),
                        row.getBoolean("timed") ? at : null,
                        row.getString("username"),
                        row.getString("address"),
                        row.getString("author"),
                        row.getString("client_id"),
                        row.getString("content"),
                        Metadata.ofStored(row.getString("metadata"))));
    }

    private static Sender sender(Row row) {
        return new Sender(
                row.getUUID("id"),
                row.getString("username"),
                row.getString("display_name"),
                false,
                row.getBoolean("bot"));
    }

    private static Future<Void> lost() {
        return Future.failedFuture(new IllegalStateException("The job is no longer that of this execution."));
    }
}
