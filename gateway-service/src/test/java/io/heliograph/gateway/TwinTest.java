package io.heliograph.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.BlackBoxes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the JVM is tested with from outside, the packaged service and the native executable are tested with too. */
class TwinTest {

    /**
     * The list has those that call classes of the service, or were not tried on the packaged service yet. A new black box
     * gets a twin instead.
     */
    @Test
    void shouldRunEachBlackBoxOnThePackagedServiceToo() throws IOException {
        try (InputStream list = TwinTest.class.getResourceAsStream("without-twin.txt")) {
            String expected = new String(list.readAllBytes(), StandardCharsets.UTF_8);

            assertEquals(expected, String.join("\n", BlackBoxes.withoutTwin(TwinTest.class)) + "\n");
        }
    }
}
