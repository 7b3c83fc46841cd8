package io.heliograph.message.person;

import io.heliograph.message.store.Repository;
import io.heliograph.message.store.StoreConfig;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.UUID;

/** The accounts this service has met. */
@Singleton
public final class PersonRepository extends Repository {

    private static final String REMEMBER = """
            insert into people (id, username) values ($1, $2)
            on conflict (id) do update set username = excluded.username
            where people.username <> excluded.username
            """;

    private static final String KNOWS = "select from people where id = $1";

    PersonRepository(Pool pool, StoreConfig config) {
        super(pool, config);
    }

    public Future<Void> remember(UUID id, String username) {
        return run(REMEMBER, id, username).mapEmpty();
    }

    public Future<Boolean> knows(UUID id) {
        return run(KNOWS, id).map(rows -> rows.size() > 0);
    }
}
