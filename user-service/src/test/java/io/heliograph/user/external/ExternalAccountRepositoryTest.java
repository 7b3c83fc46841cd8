package io.heliograph.user.external;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.EmbeddedStores;
import io.heliograph.user.TestSettings;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Concurrent requests on replicas that do not know of each other. */
@QuarkusTest
@WithTestResource(EmbeddedStores.class)
@WithTestResource(TestSettings.class)
class ExternalAccountRepositoryTest {

    @Inject
    ExternalAccountRepository accounts;

    @Test
    void shouldMakeOneAccountForConcurrentRequests() {
        UUID id = UUID.randomUUID();
        ExternalIdentity identity = new ExternalIdentity(
                id,
                "https://id.example",
                id.toString(),
                new ProfileClaims(null, null, null),
                false,
                false,
                Instant.EPOCH);

        List<CompletableFuture<Boolean>> meetings = IntStream.range(0, 50)
                .mapToObj(i -> accounts.findOrAdd(
                                identity, new AccountProposal("m" + i + "-" + shorter(id), null, "Someone"))
                        .map(AccountLookup::isNew)
                        .onFailure(NameTakenException.class)
                        .recoverWithItem(false)
                        .subscribeAsCompletionStage())
                .toList();

        assertEquals(1, meetings.stream().filter(CompletableFuture::join).count());
    }

    private static String shorter(UUID id) {
        return id.toString().substring(0, 8);
    }
}
