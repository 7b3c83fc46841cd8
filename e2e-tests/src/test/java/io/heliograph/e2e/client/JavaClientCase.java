package io.heliograph.e2e.client;

import io.heliograph.e2e.testsupport.Heliograph;
import io.heliograph.e2e.testsupport.RunningHeliograph;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Tests of the Java client that leave the Heliograph whole, side by side, as they mostly wait. */
@ExtendWith(RunningHeliograph.class)
@Execution(ExecutionMode.CONCURRENT)
abstract class JavaClientCase {

    final ClientFixture clients;

    JavaClientCase(Heliograph heliograph) {
        clients = new ClientFixture(heliograph);
    }

    @AfterEach
    void endAll() {
        clients.close();
    }
}
