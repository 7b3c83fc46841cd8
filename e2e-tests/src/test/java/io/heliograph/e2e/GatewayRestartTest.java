package io.heliograph.e2e;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.e2e.testsupport.Balance;
import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.Person;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import io.heliograph.localstack.stack.ServiceProcess;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new version of the gateway is rolled out, first one replica and then the other. */
@ExtendWith(RunningHeliograph.class)
class GatewayRestartTest {

    private final Heliograph heliograph;

    GatewayRestartTest(Heliograph heliograph) {
        this.heliograph = heliograph;
    }

    @AfterEach
    void revive() {
        heliograph.revive();
    }

    @Test
    void shouldFailNoRequest() {
        List<Person> people =
                Stream.of("ada", "bob", "cem", "dot").map(heliograph::person).toList();
        Person[] others = people.stream().skip(1).toArray(Person[]::new);
        UUID room = heliograph.gateway().as(people.get(0)).room("private", others);
        try (Balance balance = new Balance(heliograph, room, people)) {
            for (int replica = 0; replica < 2; replica++) {
                awaitService(balance, replica);
                replace(heliograph.gatewayProcess(replica));
                awaitService(balance, replica);
            }

            assertEquals(List.of(), balance.failures());
        }
    }

    private static void replace(ServiceProcess gateway) {
        gateway.stop();
        gateway.start();
        await().until(gateway::isReady);
    }

    private static void awaitService(Balance balance, int replica) {
        int before = balance.served(replica);
        await().until(() -> balance.served(replica) > before + 50);
    }
}
