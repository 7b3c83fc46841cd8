package io.heliograph.message.search;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.UUID;

/**
 * Fills the search index. Messages are read first, without a lock, and indexed if the room was not indexed meanwhile,
 * because replicas may work on the same rooms.
 */
@Singleton
class SearchIndexRepository extends Repository {

    /** The position of the index of a room when this was read, and the position after it. */
    record RoomProgress(UUID room, long rev, long backfill, long nextRev, long nextBackfill) {}

    /** A message as it is to be indexed. */
    record IndexSource(UUID room, long seq, OffsetDateTime createdAt, String content, boolean deleted) {}

    /** The work of one transaction, and the rooms that have more. */
    record Chunk(List<RoomProgress> steps, List<IndexSource> sources, Set<UUID> unfinished) {}

    /** Prefixes that are control characters, so that no written word has them. The same as in search_messages. */
    private static final String ROOM = "\u0001";

    private static final char FIRST_LEVEL = 2;
    private static final int LEVELS = 6;
    /** A segment of a level has 32 of the one below. */
    private static final int LEVEL_BITS = 5;
    /** The index of the last 8 digits of an id; a hit in another room with the same digits is not a match. */
    private static final int ROOM_DIGITS = 28;

    private static final String BEGIN = """
            insert into search_progress (room_id) select id from rooms where id = any($1) on conflict do nothing
            """;

    /**
     * Reads rooms as long as their possible changes are within the limit, but at least one room. Revisions may be
     * skipped, as after the restoration of a backup, so the number of messages is an upper bound of the changes.
     */
    private static final String CHANGED = """
            with behind as materialized (
              select room_id, rev, backfill, last_rev,
                     sum(changes) over (order by room_id rows unbounded preceding) - changes as before
              from (
                select p.*, r.last_rev, least(r.last_rev - p.rev, r.last_seq) as changes
                from search_progress p join rooms r on r.id = p.room_id
                where p.room_id = any($1) and r.last_rev > p.rev
              ) p
            )
            select b.room_id, b.rev as place, b.backfill, b.last_rev, b.before < $2 as read,
                   m.seq, m.rev, m.created_at, m.deleted_at,
                   case when m.deleted_at is null then m.content end as content
            from behind b left join lateral (
              select * from messages where b.before < $2 and room_id = b.room_id and rev > b.rev order by rev limit $2
            ) m on true
            order by b.room_id, m.rev
            """;

    /**
     * Of the rooms that are indexed again, from the $2nd on: as many as have messages within the limit, but at least
     * one.
     */
    private static final String OLDER = """
            with behind as materialized (
              select p.*, sum(p.backfill - 1) over (order by p.room_id desc rows unbounded preceding) - (p.backfill - 1) as before
              from (select * from search_progress where backfill > 1 order by room_id desc limit $1 offset $2) p
            )
            select b.room_id, b.rev as place, b.backfill, m.seq, m.rev, m.created_at, m.deleted_at,
                   case when m.deleted_at is null then m.content end as content
            from behind b left join lateral (
              select * from messages where room_id = b.room_id and seq < b.backfill order by seq desc limit $1
            ) m on true
            where b.before < $1
            order by b.room_id, m.seq desc
            """;

    /**
     * Only for rooms that were not indexed meanwhile. Rows that a change has indexed are newer. A concurrent attempt
     * waits here, and then finds that the rooms are indexed.
     */
    private static final String STORE = """
            with moved as (
              update search_progress p set rev = v.next_rev, backfill = v.next_backfill
              from (
                select p.room_id, v.rev, v.backfill, v.next_rev, v.next_backfill
                from unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[])
                       as v(room_id, rev, backfill, next_rev, next_backfill)
                join search_progress p on p.room_id = v.room_id
                order by p.room_id for update of p
              ) v
              where p.room_id = v.room_id and p.rev = v.rev and p.backfill = v.backfill
              returning p.room_id
            ),
            gone as (
              delete from search_entries e using unnest($6::uuid[], $7::bigint[]) as v(room_id, seq)
              where e.room_id = v.room_id and e.seq = v.seq and v.room_id in (select room_id from moved)
            ),
            replaced as (
              delete from message_words w
              using (select * from unnest($6::uuid[], $7::bigint[]) union all select * from unnest($8::uuid[], $9::bigint[])) v(room_id, seq)
              where w.room_id = v.room_id and w.seq = v.seq and v.room_id in (select room_id from moved)
            ),
            put as (
              insert into search_entries (room_id, seq, created_at, text, words)
              select room_id, seq, created_at, text, words::tsvector
              from unnest($8::uuid[], $9::bigint[], $10::timestamptz[], $11::text[], $12::text[])
                     as v(room_id, seq, created_at, text, words)
              where room_id in (select room_id from moved)
              on conflict (room_id, seq) do update set text = excluded.text, words = excluded.words
              where $13 and search_entries.text <> excluded.text
            )
            select room_id from moved
            """;

    private static final String BEHIND = """
            select r.id from rooms r left join search_progress p on p.room_id = r.id
            where r.last_rev > coalesce(p.rev, 0) limit $1
            """;

    /** Checks the first rooms of the user, and these rooms. Rooms with many changes are left to the indexer. */
    private static final String BEHIND_OF = """
            select r.id
            from (
              (select room_id from members where user_id = $1 order by room_id desc limit $3)
              union
              (select room_id from members where user_id = $1 and room_id = any($2))
            ) own
            join lateral (select * from rooms where id = own.room_id limit 1) r on true
            left join lateral (select * from search_progress where room_id = own.room_id limit 1) p on true
            where r.last_rev > coalesce(p.rev, 0) and least(r.last_rev - coalesce(p.rev, 0), r.last_seq) <= $4
            limit $5
            """;

    SearchIndexRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** The changes in some of these rooms, up to about {@code limit} messages. */
    Future<Chunk> changed(Set<UUID> rooms, int limit) {
        UUID[] ids = rooms.toArray(UUID[]::new);
        return run(BEGIN, (Object) ids)
                .compose(begun -> run(CHANGED, ids, limit))
                .map(rows -> chunk(list(rows, row -> row), limit, true));
    }

    /** Older messages of rooms that are indexed again, after skipping some rooms. Without steps if there are none. */
    Future<Chunk> older(int limit, int skipped) {
        return run(OLDER, limit, skipped).map(rows -> chunk(list(rows, row -> row), limit, false));
    }

    /** Stores the chunk; returns the rooms that were stored: the others were indexed concurrently. */
    Future<Set<UUID>> store(Chunk chunk, Map<IndexSource, SearchText> texts, boolean changes) {
        List<IndexSource> gone =
                chunk.sources().stream().filter(each -> texts.get(each) == null).toList();
        List<IndexSource> there =
                chunk.sources().stream().filter(each -> texts.get(each) != null).toList();
        List<RoomProgress> steps = chunk.steps();
        return run(
                        STORE,
                        steps.stream().map(RoomProgress::room).toArray(UUID[]::new),
                        steps.stream().map(RoomProgress::rev).toArray(Long[]::new),
                        steps.stream().map(RoomProgress::backfill).toArray(Long[]::new),
                        steps.stream().map(RoomProgress::nextRev).toArray(Long[]::new),
                        steps.stream().map(RoomProgress::nextBackfill).toArray(Long[]::new),
                        gone.stream().map(IndexSource::room).toArray(UUID[]::new),
                        gone.stream().map(IndexSource::seq).toArray(Long[]::new),
                        there.stream().map(IndexSource::room).toArray(UUID[]::new),
                        there.stream().map(IndexSource::seq).toArray(Long[]::new),
                        there.stream().map(IndexSource::createdAt).toArray(OffsetDateTime[]::new),
                        there.stream().map(each -> texts.get(each).spaced()).toArray(String[]::new),
                        there.stream()
                                .map(each -> vector(each, texts.get(each)))
                                .toArray(String[]::new),
                        changes)
                .map(rows -> Set.copyOf(list(rows, row -> row.getUUID("room_id"))));
    }

    /** Some of the rooms whose index is not complete. Reads every room. */
    Future<List<UUID>> behind(int limit) {
        return run(BEHIND, limit).map(rows -> list(rows, row -> row.getUUID("id")));
    }

    /**
     * Rooms that have changes to be indexed, at most {@code changes} each: among {@code first} rooms of the person, and
     * among those of these rooms that the person is in.
     */
    Future<List<UUID>> behindOf(UUID person, Set<UUID> rooms, int first, int changes, int limit) {
        return run(BEHIND_OF, person, rooms.toArray(UUID[]::new), first, (long) changes, limit)
                .map(rows -> list(rows, row -> row.getUUID("id")));
    }

    /** The text form of a {@code tsvector}. Words contain no quotes and no backslashes. */
    private static String vector(IndexSource source, SearchText text) {
        StringJoiner words = new StringJoiner("' '", "'", "'");
        text.lexemes().forEach(words::add);
        words.add(ROOM + source.room().toString().substring(ROOM_DIGITS));
        long seconds = source.createdAt().toEpochSecond();
        for (int level = 0; level < LEVELS; level++) {
            words.add((char) (FIRST_LEVEL + level) + Long.toHexString(seconds >> (LEVEL_BITS * level)));
        }
        return words.toString();
    }

    private static Chunk chunk(List<Row> rows, int limit, boolean changes) {
        Map<UUID, List<Row>> rooms = new HashMap<>();
        rows.forEach(row -> rooms.computeIfAbsent(row.getUUID("room_id"), room -> new ArrayList<>())
                .add(row));
        List<RoomProgress> steps = new ArrayList<>();
        List<IndexSource> sources = new ArrayList<>();
        Set<UUID> unfinished = new HashSet<>();
        rooms.forEach((room, found) -> {
            if (changes && !found.get(0).getBoolean("read")) {
                unfinished.add(room);
                return;
            }
            boolean none = found.get(0).getLong("seq") == null;
            boolean more = found.size() == limit;
            if (more) {
                unfinished.add(room);
            }
            steps.add(step(room, found, none, more, changes));
            if (!none) {
                found.forEach(row -> sources.add(source(row)));
            }
        });
        return new Chunk(steps, sources, unfinished);
    }

    private static RoomProgress step(UUID room, List<Row> found, boolean none, boolean more, boolean changes) {
        long rev = found.get(0).getLong("place");
        long backfill = found.get(0).getLong("backfill");
        Row last = found.get(found.size() - 1);
        return changes
                ? new RoomProgress(room, rev, backfill, last.getLong(more ? "rev" : "last_rev"), backfill)
                : new RoomProgress(room, rev, backfill, rev, none || !more ? 1 : last.getLong("seq"));
    }

    private static IndexSource source(Row row) {
        return new IndexSource(
                row.getUUID("room_id"),
                row.getLong("seq"),
                row.getOffsetDateTime("created_at"),
                row.getString("content"),
                row.getValue("deleted_at") != null);
    }
}
