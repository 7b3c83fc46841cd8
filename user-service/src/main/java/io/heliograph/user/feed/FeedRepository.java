package io.heliograph.user.feed;

import io.heliograph.user.database.DatabaseConfig;
import io.heliograph.user.database.Repository;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.List;

@Singleton
class FeedRepository extends Repository {

    private static final String AFTER = """
            select change, id, version, username, display_name, bot, deleted_at is not null as deleted
            from users where change > $1 order by change limit $2
            """;

    private static final String LAST = "select last from profile_changes";

    FeedRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** Each profile once, at the place of its latest change. */
    Uni<List<ProfileChange>> after(long change, int limit) {
        return run(AFTER, change, limit)
                .map(rows -> stream(rows).map(FeedRepository::from).toList());
    }

    /** The place of the latest change of all. */
    Uni<Long> last() {
        return run(LAST).map(rows -> rows.iterator().next().getLong("last"));
    }

    private static ProfileChange from(Row row) {
        return new ProfileChange(
                row.getLong("change"),
                row.getUUID("id"),
                row.getLong("version"),
                row.getString("username"),
                row.getString("display_name"),
                row.getBoolean("deleted"),
                row.getBoolean("bot"));
    }
}
