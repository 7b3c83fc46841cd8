package io.heliograph.message.search;

import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageRepository;
import io.heliograph.message.store.ReadPool;
import io.heliograph.message.store.Repository;
import io.heliograph.message.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The search index, {@code message_words}, and what is asked of it. For each room the index holds everything up to one
 * rev; what changed later is read from the messages themselves, so that a search misses nothing that is committed.
 */
@Singleton
class SearchRepository extends Repository {

    /** The room as a word. The control character keeps it from being any word that is written or asked for. */
    private static final String ROOM_WORD = "E'\\x01' || room_id";

    /** {@code found} is a list of keys, so that the contents are read of what is shown only. */
    static final String SEARCH = """
            with mine as materialized (
              select members.room_id, rooms.last_rev, coalesce(indexed_rooms.rev, 0) as indexed
              from members
              join rooms on rooms.id = members.room_id
              left join indexed_rooms on indexed_rooms.room_id = members.room_id
              where members.user_id = $1 and ($3::uuid is null or members.room_id = $3)
            ),
            wanted as materialized (
              select words, querytree(words) not in ('', 'T') as answerable,
                     (select string_agg(quote_literal(%1$s), ' | ')::tsquery from mine) as rooms
              from websearch_to_tsquery('simple', $2) words
            ),
            found as (
              select m.room_id, m.seq, m.created_at
              from wanted
              join message_words w on w.words @@ (wanted.words && wanted.rooms)
              join lateral (
                select room_id, seq, rev, created_at from messages where room_id = w.room_id and seq = w.seq limit 1
              ) m on true
              join mine on mine.room_id = m.room_id and m.rev <= mine.indexed
              where wanted.answerable
              union all
              select m.room_id, m.seq, m.created_at
              from wanted, mine
              join lateral (
                select * from messages where room_id = mine.room_id and rev > mine.indexed
              ) m on m.deleted_at is null
              where wanted.answerable and mine.last_rev > mine.indexed and to_tsvector('simple', m.content) @@ wanted.words
            ),
            page as (
              select * from found
              where (created_at, room_id, seq) < ($4, $5, $6)
              order by created_at desc, room_id desc, seq desc limit $7
            )
            select wanted.answerable, %2$s
            from wanted
            left join (
              page
              join lateral (
                select * from messages where room_id = page.room_id and seq = page.seq limit 1
              ) m on true
              join people p on p.id = m.sender_id
            ) on true
            order by m.created_at desc, m.room_id desc, m.seq desc
            """.formatted(ROOM_WORD, MessageRepository.COLUMNS);

    private static final String BEGIN = """
            insert into indexed_rooms (room_id) select id from rooms where id = $1 on conflict do nothing
            """;

    /** One replica at a time takes a room on. A room's revs are committed in their order: a range of them has no hole. */
    private static final String INDEX = """
            with place as materialized (
              select room_id, rev from indexed_rooms where room_id = $1 for update skip locked
            ),
            changed as materialized (
              select m.* from place, lateral (
                select room_id, seq, rev, content, deleted_at from messages
                where room_id = place.room_id and rev > place.rev order by rev limit $2
              ) m
            ),
            gone as (
              delete from message_words
              where room_id = $1 and seq = any(array(select seq from changed where deleted_at is not null))
            ),
            put as (
              insert into message_words (room_id, seq, words)
              select room_id, seq, to_tsvector('simple', content) || array_to_tsvector(array[%s])
              from changed where deleted_at is null
              on conflict (room_id, seq) do update set words = excluded.words
              where message_words.words <> excluded.words
            ),
            moved as (
              update indexed_rooms set rev = (select max(rev) from changed)
              where room_id = $1 and exists (select from changed)
            )
            select count(*) as changes from changed
            """.formatted(ROOM_WORD);

    private static final String BEHIND = """
            select r.id from rooms r left join indexed_rooms i on i.room_id = r.id
            where r.last_rev > coalesce(i.rev, 0) limit $1
            """;

    private final ReadPool reads;

    SearchRepository(Pool pool, StoreConfig config, ReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /**
     * Messages of this person's rooms, or of one of them, newest first; {@code room} may be null. Empty if the text asks
     * for no word: then every message would be an answer, or none.
     */
    Future<Optional<List<Message>>> search(UUID person, String text, UUID room, FoundPlace after, int limit) {
        return reads.run(
                        SEARCH,
                        person,
                        text,
                        room,
                        after.createdAt().atOffset(ZoneOffset.UTC),
                        after.room(),
                        after.seq(),
                        limit)
                .map(SearchRepository::found);
    }

    /** Takes up to {@code limit} further changes of this room into the index; how many it were. */
    Future<Long> index(UUID room, int limit) {
        return run(BEGIN, room)
                .compose(begun -> run(INDEX, room, limit))
                .map(rows -> rows.iterator().next().getLong("changes"));
    }

    /** Some of the rooms whose index has not come to their end. Looks at every room. */
    Future<List<UUID>> behind(int limit) {
        return run(BEHIND, limit).map(rows -> list(rows, row -> row.getUUID("id")));
    }

    private static Optional<List<Message>> found(RowSet<Row> rows) {
        List<Message> messages = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (!row.getBoolean("answerable")) {
                return Optional.empty();
            }
            if (row.getLong("message_seq") != null) {
                messages.add(MessageRepository.from(row));
            }
        }
        return Optional.of(messages);
    }
}
