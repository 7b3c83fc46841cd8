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

    /** One index lookup for each address, whatever the statistics of the table are. */
    private static final String BY_ADDRESS = """
            select a.address, u.* from unnest($1::text[]) as a(address), lateral (
              select id, version, username, display_name from users
              where lower(email) = lower(a.address) and deleted_at is null limit 1
            ) u
            """;

    private static final String LAST = "select last from profile_changes";

    FeedRepository(Pool pool, DatabaseConfig config) {
        super(pool, config);
    }

    /** Returns each profile once, at the position of its latest change. */
    Uni<List<ProfileChange>> after(long change, int limit) {
        return run(AFTER, change, limit)
                .map(rows -> stream(rows).map(FeedRepository::from).toList());
    }

    /** The position of the latest change. */
    Uni<Long> last() {
        return run(LAST).map(rows -> rows.iterator().next().getLong("last"));
    }

    /** The profiles of the accounts with these addresses. */
    Uni<List<AddressedProfile>> byAddress(List<String> addresses) {
        return run(BY_ADDRESS, (Object) addresses.toArray(String[]::new))
                .map(rows -> stream(rows).map(FeedRepository::addressed).toList());
    }

    private static AddressedProfile addressed(Row row) {
        return new AddressedProfile(
                row.getString("address"),
                row.getUUID("id"),
                row.getLong("version"),
                row.getString("username"),
                row.getString("display_name"));
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
