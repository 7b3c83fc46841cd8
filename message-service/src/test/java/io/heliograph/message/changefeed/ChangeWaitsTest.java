package io.heliograph.message.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.heliograph.message.testsupport.MessageServiceTest;
import io.heliograph.message.testsupport.Person;
import io.heliograph.testsupport.ReplicatedStores;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A draining replica responds to waiting requests, and to later ones at once. */
@QuarkusTest
@TestProfile(ReplicatedStores.Profile.class)
class ChangeWaitsTest extends MessageServiceTest {

    @Inject
    ChangeWaits waits;

    @Test
    void shouldRespondToWaitingRequestsWhenTheReplicaDrains() {
        Person ada = person("ada");
        String changes = "/api/rooms/" + ada.creates("private") + "/changes?waitMs=25000";
        CompletableFuture<Response> waiting =
                CompletableFuture.supplyAsync(() -> ada.asks().get(changes));
        await().untilAsserted(() ->
                assertThat(metric("heliograph_change_feed_waiting")).isEqualTo(1));

        waits.drain(null);

        for (Response answer : new Response[] {waiting.join(), ada.asks().get(changes)}) {
            answer.then().statusCode(200).body("items", empty()).body("rev", equalTo(0));
        }
    }
}
