package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;

import io.heliograph.e2e.testsupport.Crowd;
import io.heliograph.e2e.testsupport.Follower;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningHeliograph.class)
class GatewayDeathTest {

    private final Heliograph heliograph;

    GatewayDeathTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldLetClientsReconnectToAnotherGatewayAndMissNothing() {
        try (Crowd crowd = Crowd.atTheDoor(heliograph, 3, 3)) {
            List<Follower> followers = crowd.follow(0, 30);
            crowd.send(1, Duration.ofMillis(20));
            await().until(() -> crowd.acknowledged() > 30);

            heliograph.gatewayProcess(0).kill();

            await().until(() -> followers.stream().allMatch(follower -> follower.isOn(1)));
            crowd.assertComplete(1);
        }
    }
}
