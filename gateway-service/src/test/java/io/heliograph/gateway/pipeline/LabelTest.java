package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.heliograph.gateway.pipeline.RawClient.Answer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a client sends becomes no label, whichever of it: a label costs memory for as long as the process lives. */
@QuarkusTest
class LabelTest extends GatewayTest {

    private static final String MADE_UP = "XMADEUP";

    @Inject
    MeterRegistry registry;

    @Test
    void shouldTakeNothingOfARequestForALabel() throws IOException {
        try (RawClient client = connect()) {
            for (int i = 0; i < 20; i++) {
                for (String target : List.of("/api/rooms/", "/api/" + MADE_UP, "/" + MADE_UP, "/.well-known/")) {
                    String head = " " + target + MADE_UP + i + "?" + MADE_UP + "=" + i + " HTTP/1.1\r\nHost: " + MADE_UP
                            + ".example\r\nOrigin: https://" + MADE_UP + i + "\r\nX-" + MADE_UP + i + ": a\r\n"
                            + "User-Agent: " + MADE_UP + "\r\nContent-Type: " + MADE_UP + "/" + i + "\r\n";
                    client.send(MADE_UP + i + head + bearer() + "\r\n");
                    client.read();
                    client.send("GET" + head + bearer() + "\r\n");
                    client.read();
                }
            }
        }

        Set<String> labels = new HashSet<>();
        for (Meter meter : registry.getMeters()) {
            for (Tag tag : meter.getId().getTags()) {
                if (tag.getValue().contains(MADE_UP)) {
                    labels.add(meter.getId().getName() + "{" + tag + "}");
                }
            }
        }
        assertEquals(Set.of(), labels);
        assertTrue(registry.find("http.server.requests")
                        .tag("method", "OTHER")
                        .timers()
                        .size()
                > 0);
    }

    @Test
    void shouldChargeAMethodThatIsNotServedLikeAnyOther() throws IOException {
        Answer answer = exchange(request("BREW", "/api/limited/" + MADE_UP));

        assertEquals(405, answer.status());
        assertNotNull(answer.header("RateLimit"), answer::toString);
    }
}
