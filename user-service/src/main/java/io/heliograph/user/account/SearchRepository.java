package io.heliograph.user.account;

import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.heliograph.user.database.UniReadPool;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;

/** Finds accounts by the beginning of a name. */
@Singleton
class SearchRepository extends Repository {

    /**
     * One range of users_by_username and one of users_by_folded_name, each read up to the size of the page. An account
     * in both is sorted by its username.
     */
    static final String SEARCH = """
            select * from (
              (select %1$s, lower(username collate pg_c_utf8) as place
               from users
               where lower(username collate pg_c_utf8) >= folded_name($1)
                 and lower(username collate pg_c_utf8) < folded_name($1) || chr(1114111)
                 and (lower(username collate pg_c_utf8), id) > ($2, $3)
               order by lower(username collate pg_c_utf8), id limit $4)
              union all
              (select %1$s, folded_name(display_name) as place
               from users
               where folded_name(display_name) >= folded_name($1)
                 and folded_name(display_name) < folded_name($1) || chr(1114111)
                 and (folded_name(display_name), id) > ($2, $3)
                 and not starts_with(lower(username collate pg_c_utf8), folded_name($1))
               order by folded_name(display_name), id limit $4)
            ) found
            order by place, id limit $4
            """.formatted(AccountRepository.COLUMNS);

    private final UniReadPool reads;

    SearchRepository(Pool pool, DatabaseConfig config, UniReadPool reads) {
        super(pool, config);
        this.reads = reads;
    }

    /**
     * The accounts whose username or display name begins with {@code prefix}, in any case and with or without accents,
     * in the order of their cursors.
     */
    Uni<List<SearchHit>> search(String prefix, SearchCursor after, int limit) {
        return reads.run(SEARCH, prefix, after.name(), after.id(), limit)
                .map(rows -> stream(rows).map(SearchRepository::found).toList());
    }

    private static SearchHit found(Row row) {
        Account account = AccountRepository.from(row);
        return new SearchHit(account, new SearchCursor(row.getString("place"), account.id()));
    }
}
