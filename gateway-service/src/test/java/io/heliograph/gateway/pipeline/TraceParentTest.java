package io.heliograph.gateway.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.MultiMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

    private static final String GOOD = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @ParameterizedTest
    @ValueSource(
            strings = {
                GOOD,
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "cc" + "-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes"
            })
    void shouldAcceptValidTraceParents(String text) {
        assertTrue(TraceParent.isValid(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01x",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
                "0g-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
            })
    void shouldRejectEverythingElse(String text) {
        assertFalse(TraceParent.isValid(text));
    }

    @Test
    void shouldKeepTheStateOnlyBesideAValidParent() {
        MultiMap good =
                MultiMap.caseInsensitiveMultiMap().add("Traceparent", GOOD).add("tracestate", "a=1");
        MultiMap bad =
                MultiMap.caseInsensitiveMultiMap().add("traceparent", "00-0").add("tracestate", "a=1");
        MultiMap twice =
                MultiMap.caseInsensitiveMultiMap().add("traceparent", GOOD).add("traceparent", GOOD);
        MultiMap orphan = MultiMap.caseInsensitiveMultiMap().add("tracestate", "a=1");

        for (MultiMap headers : new MultiMap[] {good, bad, twice, orphan}) {
            TraceParent.clean(headers);
        }

        assertEquals(2, good.size());
        assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", TraceParent.traceId(good));
        assertTrue(bad.isEmpty() && twice.isEmpty() && orphan.isEmpty());
        assertNull(TraceParent.traceId(bad));
    }
}
