package io.heliograph.user.problem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.rest.problem.ExceptionClassifier;
import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class ClosedConnectionTest {

    @Inject
    Vertx vertx;

    PostgresServer postgres;

    @Test
    void shouldReportStoreUnavailableForAClosedConnection() {
        PgConnection connection = PgConnection.connect(
                        vertx, PgConnectOptions.fromUri(postgres.reactiveUrl()).setUser(PostgresServer.USER))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        connection.close().toCompletionStage().toCompletableFuture().join();

        CompletionException failure = assertThrows(CompletionException.class, () -> connection
                .query("select 1")
                .execute()
                .toCompletionStage()
                .toCompletableFuture()
                .join());

        assertEquals("store_unavailable", ExceptionClassifier.classify(failure).code(), failure.toString());
    }
}
