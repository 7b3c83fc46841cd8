package io.heliograph.message.search;

import io.heliograph.database.ReadPool;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.MessageRepository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import jakarta.inject.Singleton;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Queries of the search index. The search itself is the function {@code search_messages} of the database. */
@Singleton
class SearchRepository {

    /**
     * The results, newest first.
     *
     * @param places of all results, also of messages that were deleted meanwhile
     * @param messages the results that still exist
     * @param rest the position at which the search continues, unless it is complete
     * @param examined the number of examined messages
     */
    record SearchResult(List<SearchCursor> places, List<Message> messages, Optional<SearchCursor> rest, int examined) {}

    static final String SEARCH = """
            select f.found_room, f.found_seq, f.found_at, f.examined,
            """ + MessageRepository.COLUMNS + """
            from search_messages($1, $2, $3::text::tsquery, $4, $5, $6, $7, $8, $9, $10) f
            left join lateral (
              select * from messages where room_id = f.found_room and seq = f.found_seq and deleted_at is null limit 1
            ) m on true
            left join lateral (select * from people where id = m.sender_id limit 1) p on true
            order by f.found_at desc, f.found_room desc, f.found_seq desc
            """;

    private final ReadPool reads;
    private final SearchConfig config;

    SearchRepository(ReadPool reads, SearchConfig config) {
        this.reads = reads;
        this.config = config;
    }

    /**
     * Up to {@code limit} messages after a position, in the rooms of this user, or in {@code room} unless it is null.
     */
    Future<SearchResult> search(UUID person, SearchQuery query, UUID room, SearchCursor after, int limit) {
        return reads.run(
                        SEARCH,
                        person,
                        room,
                        query.tsquery(),
                        query.required(),
                        query.excluded(),
                        after.createdAt().atOffset(ZoneOffset.UTC),
                        after.room(),
                        after.seq(),
                        limit,
                        config.maxExamined())
                .map(SearchRepository::found);
    }

    private static SearchResult found(RowSet<Row> rows) {
        List<SearchCursor> places = new ArrayList<>(rows.size());
        List<Message> messages = new ArrayList<>(rows.size());
        Optional<SearchCursor> rest = Optional.empty();
        int examined = 0;
        for (Row row : rows) {
            OffsetDateTime at = row.getOffsetDateTime("found_at");
            UUID room = row.getUUID("found_room");
            Long seq = row.getLong("found_seq");
            if (row.getInteger("examined") != null) {
                rest = at == null ? Optional.empty() : Optional.of(new SearchCursor(at.toInstant(), room, seq));
                examined = row.getInteger("examined");
                continue;
            }
            places.add(new SearchCursor(at.toInstant(), room, seq));
            if (row.getLong("message_seq") != null) {
                messages.add(MessageRepository.from(row));
            }
        }
        return new SearchResult(places, messages, rest, examined);
    }
}
