package io.heliograph.e2e.testsupport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.LongStream;

/** The guarantees of order for the messages of one room, wherever they were seen. */
public final class Order {

    private Order() {}

    /** Fails unless {@code seen} is exactly {@code history}: each once, in one order, with the same content. */
    public static void assertSame(List<JsonNode> history, List<JsonNode> seen) {
        assertEquals(
                history.stream().map(Order::essence).toList(),
                seen.stream().map(Order::essence).toList());
    }

    /** Fails unless the messages of a whole room are numbered from 1 without a gap, by {@code seq} and by {@code rev}. */
    public static void assertGapless(List<JsonNode> history) {
        List<Long> numbers = LongStream.rangeClosed(1, history.size()).boxed().toList();
        assertEquals(
                numbers,
                history.stream().map(message -> message.get("seq").asLong()).toList());
        assertEquals(
                numbers,
                history.stream().map(message -> message.get("rev").asLong()).toList());
    }

    private static String essence(JsonNode message) {
        return message.get("seq") + "/" + message.get("rev") + " " + message.get("sender") + " "
                + message.get("clientId") + " " + message.get("createdAt") + " " + message.get("content");
    }
}
