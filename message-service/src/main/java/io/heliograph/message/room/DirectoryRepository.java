package io.heliograph.message.room;

import io.heliograph.database.ReadPool;
import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The directory of public rooms. A walk through it shows each room once: the first page shows the rooms at their
 * current places, later pages at the places that they had when the walk began.
 */
@Singleton
class DirectoryRepository extends Repository {

    /** A part of a walk, with one item more than requested if there is more. */
    record Part(List<DirectoryEntry> listings, DirectorySnapshot walk) {}

    private static final String SELECT =
            "select" + RoomRepository.COLUMNS + ", d.place, pg_current_snapshot()::text as snapshot ";

    private static final String ORDER = " order by d.place, d.room_id limit $3";

    /** The whole directory by name: one range of directory_whole, from the cursor on. */
    private static final String WHOLE = """
            from directory d join rooms r on r.id = d.room_id
            where d.whole and (d.place, d.room_id) > ($1::text collate pg_c_utf8, $2)
            """;

    /**
     * One range of directory_places: from the cursor or the prefix on, to the last place with the prefix. A room with
     * several words that have the prefix is at the first of their places.
     */
    private static final String WORDS = """
            from directory d join rooms r on r.id = d.room_id
            where d.place >= (select folded_name($4))
              and d.place < (select folded_name($4)) || chr(1114111)
              and (d.place, d.room_id) > ($1::text collate pg_c_utf8, $2)
              and not exists (
                select from directory earlier
                where earlier.room_id = d.room_id
                  and earlier.place >= (select folded_name($4)) and earlier.place < d.place
              )
            """;

    static final String ALL = SELECT + WHOLE + ORDER;
    static final String BY_WORD = SELECT + WORDS + ORDER;

    private static final String ALL_STILL = SELECT + WHOLE + "and shown_at(d.room_id, d.since, $4)" + ORDER;
    private static final String BY_WORD_STILL = SELECT + WORDS + "and shown_at(d.room_id, d.since, $5)" + ORDER;

    private static final String ALL_BEFORE = SELECT + """
            from past_places d join rooms r on r.id = d.room_id
            where d.whole and (d.place, d.room_id) > ($1::text collate pg_c_utf8, $2)
              and seen_by(d.since, $4) and not seen_by(d.until, $4) and r.visibility = 'public'
            """ + ORDER;

    private static final String BY_WORD_BEFORE = SELECT + """
            from past_places d join rooms r on r.id = d.room_id
            where d.place >= (select folded_name($4))
              and d.place < (select folded_name($4)) || chr(1114111)
              and (d.place, d.room_id) > ($1::text collate pg_c_utf8, $2)
              and not exists (
                select from past_places earlier
                where earlier.room_id = d.room_id and earlier.until = d.until
                  and earlier.place >= (select folded_name($4)) and earlier.place < d.place
              )
              and seen_by(d.since, $5) and not seen_by(d.until, $5) and r.visibility = 'public'
            """ + ORDER;

    private static final String FORGET = """
            delete from past_places
            where ctid = any(array(select ctid from past_places where moved_at < now() - $1 * interval '1 second' limit $2))
            """;

    /** The order of PostgreSQL: by code point, then by bytes. */
    private static final Comparator<DirectoryEntry> IN_ORDER = Comparator.comparing(
                    (DirectoryEntry listing) -> listing.place().getBytes(StandardCharsets.UTF_8),
                    Arrays::compareUnsigned)
            .thenComparing(listing -> listing.room().id().toString());

    private final ReadPool reads;

    DirectoryRepository(Pool pool, DatabaseConfig config, ReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /**
     * Public rooms in whose names a word begins with {@code prefix}, in any case and with or without accents, in the
     * order of {@link DirectoryCursor}; all rooms, by their names, if the prefix is empty.
     */
    Future<Part> list(String prefix, DirectoryCursor after, int limit) {
        Instant now = Instant.now();
        DirectorySnapshot walk =
                after.walk().filter(begun -> !begun.isOver(now)).orElse(null);
        boolean all = prefix.isEmpty();
        if (walk == null) {
            return read(all ? ALL : BY_WORD, prefix, after, limit, null)
                    .map(rows -> new Part(listings(rows), begun(rows, now)));
        }
        // In this order, so that a room that is renamed between the two queries is found twice rather than missed.
        return read(all ? ALL_STILL : BY_WORD_STILL, prefix, after, limit, walk)
                .compose(present -> read(all ? ALL_BEFORE : BY_WORD_BEFORE, prefix, after, limit, walk)
                        .map(past -> new Part(merged(listings(present), listings(past), limit), walk)));
    }

    /** Deletes up to {@code limit} former places of rooms that are older than this. */
    Future<Void> forget(long seconds, int limit) {
        return run(FORGET, (double) seconds, limit).mapEmpty();
    }

    private Future<RowSet<Row>> read(
            String query, String prefix, DirectoryCursor after, int limit, DirectorySnapshot walk) {
        List<Object> values = new ArrayList<>(List.of(after.place(), after.id(), limit));
        if (!prefix.isEmpty()) {
            values.add(prefix);
        }
        if (walk != null) {
            values.add(walk.snapshot());
        }
        return reads.run(query, values.toArray());
    }

    private static List<DirectoryEntry> merged(List<DirectoryEntry> present, List<DirectoryEntry> past, int limit) {
        List<DirectoryEntry> both = new ArrayList<>(present);
        both.addAll(past);
        both.sort(IN_ORDER);
        Set<UUID> shown = new HashSet<>();
        return both.stream()
                .filter(listing -> shown.add(listing.room().id()))
                .limit(limit)
                .toList();
    }

    private static DirectorySnapshot begun(RowSet<Row> rows, Instant now) {
        return rows.size() == 0
                ? null
                : new DirectorySnapshot(rows.iterator().next().getString("snapshot"), now);
    }

    private static List<DirectoryEntry> listings(RowSet<Row> rows) {
        return list(rows, row -> new DirectoryEntry(RoomRepository.room(row), row.getString("place")));
    }
}
