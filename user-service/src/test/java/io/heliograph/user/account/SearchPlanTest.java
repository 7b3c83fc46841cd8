package io.heliograph.user.account;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.Database;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How PostgreSQL carries out a search among twenty thousand accounts. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class SearchPlanTest {

    private static final String ACCOUNTS = """
            insert into users (username, email, display_name)
            select 'plan' || i, 'plan' || i || '@example.org', initcap(md5(i::text)) from generate_series(1, 20000) i;
            analyze users;
            """;

    PostgresServer postgres;

    @Test
    void shouldReadRangesOfTheIndexesForAnyValues() throws Exception {
        assertReadsRanges(plan("explain (generic_plan) " + SearchRepository.SEARCH));
    }

    /** PostgreSQL may also plan for the values at hand: a name that all have, one that few have, a later page. */
    @ParameterizedTest
    @CsvSource({"plan,''", "plan19,''", "a,ab"})
    void shouldReadRangesOfTheIndexesForTheseValues(String prefix, String after) throws Exception {
        assertReadsRanges(plan(
                "prepare search (text, text, uuid, bigint) as " + SearchRepository.SEARCH,
                "set plan_cache_mode = force_custom_plan",
                "explain execute search ('%s', '%s', '%s', 51)".formatted(prefix, after, SearchCursor.START.id())));
    }

    /** Leaves nothing behind. */
    private String plan(String... statements) throws SQLException {
        try (Connection connection = Database.connect(postgres);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(ACCOUNTS);
            for (int i = 0; i < statements.length - 1; i++) {
                statement.execute(statements[i]);
            }
            String plan = Database.lines(statement, statements[statements.length - 1]);
            connection.rollback();
            return plan;
        }
    }

    private static void assertReadsRanges(String plan) {
        assertTrue(plan.contains("Index Scan using users_by_username"), plan);
        assertTrue(plan.contains("Index Scan using users_by_folded_name"), plan);
        assertFalse(plan.contains("Seq Scan"), plan);
    }
}
