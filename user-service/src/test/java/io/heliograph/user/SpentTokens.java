package io.heliograph.user;

import io.heliograph.localstack.store.PostgresServer;
import java.sql.SQLException;

/** Ends the interval in which a used refresh token returns the same tokens again. */
public final class SpentTokens {

    private SpentTokens() {}

    public static void age(PostgresServer server) throws SQLException {
        Database.run(
                server,
                "update refresh_tokens set spent_at = spent_at - interval '31 seconds' where spent_at is not null");
    }
}
