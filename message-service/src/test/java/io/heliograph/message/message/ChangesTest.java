package io.heliograph.message.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.localstack.store.PostgresServer;
import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Plan;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
class ChangesTest extends MessageServiceTest {

    /** Set by {@link io.heliograph.testsupport.EmbeddedStores}. */
    PostgresServer postgres;

    @Inject
    Pool pool;

    @Test
    void shouldReadAPageInTheOrderOfItsIndex() throws Exception {
        assertThat(Plan.of(postgres, MessageRepository.CHANGED_AFTER))
                .contains("Index Scan using messages_rev")
                .doesNotContain("Seq Scan", "Bitmap", "Sort Key: messages.rev");
    }

    @Test
    void shouldUseAGenericPlan() {
        String mode = pool.query("show plan_cache_mode")
                .execute()
                .map(rows -> rows.iterator().next().getString(0))
                .toCompletionStage()
                .toCompletableFuture()
                .join();

        assertThat(mode).isEqualTo("force_generic_plan");
    }
}
