package io.heliograph.message.profile;

import io.heliograph.message.database.DatabaseConfig;
import io.heliograph.message.database.LockingTransactions;
import io.heliograph.message.database.Repository;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The profiles that this service knows, and the position up to which it has read the profile feed. */
@Singleton
class ProfileRepository extends Repository {

    /**
     * A version older than the stored one is ignored. Rows are locked in the order of the ids, so that two of these
     * statements cannot deadlock.
     */
    private static final String REMEMBER = """
            insert into people (id, version, username, display_name, deleted, bot)
            select * from unnest($1::uuid[], $2::bigint[], $3::text[], $4::text[], $5::boolean[], $6::boolean[]) order by 1
            on conflict (id) do update
            set version = excluded.version, username = excluded.username, display_name = excluded.display_name,
                deleted = excluded.deleted, bot = excluded.bot
            where people.version <= excluded.version
              and (people.version, people.username, people.display_name)
                is distinct from (excluded.version, excluded.username, excluded.display_name)
            """;

    /** Never moves the position back, since another replica may be further. */
    private static final String FOLLOW = "with remembered as (" + REMEMBER + ")" + """
            update profile_feed set place = greatest(place, $7)
            """;

    private static final String GO_BACK = "update profile_feed set place = $1";

    private static final String PLACE = "select place from profile_feed";

    private static final String KNOWS = "select from people where id = $1 and not deleted";

    private static final String KNOWN = "select id from people where id = any($1) and not deleted";

    private static final String FIND = """
            select id, version, username, display_name, deleted, bot from people where id = $1 and not deleted
            """;

    private final LockingTransactions transactions;

    ProfileRepository(Pool pool, DatabaseConfig config, LockingTransactions transactions) {
        super(pool, config);
        this.transactions = transactions;
    }

    Future<Void> remember(Profile profile) {
        return transactions
                .run(profile.id(), transaction -> run(transaction, REMEMBER, columns(List.of(profile))))
                .mapEmpty();
    }

    Future<Void> remember(List<Profile> profiles) {
        return run(REMEMBER, columns(profiles)).mapEmpty();
    }

    /** Stores the changes up to this position of the feed, and the position with them. */
    Future<Void> follow(List<Profile> changed, long place) {
        List<Object> values = new ArrayList<>(Arrays.asList(columns(changed)));
        values.add(place);
        return run(FOLLOW, values.toArray()).mapEmpty();
    }

    /** Sets the position, also backwards, so that the feed is read again from there. */
    Future<Void> goBack(long place) {
        return run(GO_BACK, place).mapEmpty();
    }

    /** The position up to which the feed has been stored. */
    Future<Long> place() {
        return run(PLACE).map(rows -> rows.iterator().next().getLong("place"));
    }

    /** Whether this service knows such an account. */
    Future<Boolean> knows(UUID id) {
        return run(KNOWS, id).map(rows -> rows.size() > 0);
    }

    /** The accounts among these that this service knows. */
    Future<Set<UUID>> known(List<UUID> ids) {
        return run(KNOWN, (Object) ids.toArray(UUID[]::new))
                .map(rows -> Set.copyOf(list(rows, row -> row.getUUID("id"))));
    }

    /** Empty if the user is unknown or deleted. */
    Future<Optional<Profile>> find(UUID id) {
        return run(FIND, id)
                .map(rows -> list(rows, ProfileRepository::from).stream().findFirst());
    }

    private static Profile from(Row row) {
        return new Profile(
                row.getUUID("id"),
                row.getLong("version"),
                row.getString("username"),
                row.getString("display_name"),
                row.getBoolean("deleted"),
                row.getBoolean("bot"));
    }

    private static Object[] columns(List<Profile> profiles) {
        return new Object[] {
            profiles.stream().map(Profile::id).toArray(UUID[]::new),
            profiles.stream().map(Profile::version).toArray(Long[]::new),
            profiles.stream().map(Profile::username).toArray(String[]::new),
            profiles.stream().map(Profile::displayName).toArray(String[]::new),
            profiles.stream().map(Profile::deleted).toArray(Boolean[]::new),
            profiles.stream().map(Profile::bot).toArray(Boolean[]::new)
        };
    }
}
