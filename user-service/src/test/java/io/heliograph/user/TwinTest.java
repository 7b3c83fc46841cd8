package io.heliograph.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.Twins;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the JVM is tested with from outside, the packaged service and the native executable are tested with too. */
class TwinTest {

    @Test
    void shouldRunEachBlackBoxOnThePackagedServiceToo() {
        assertEquals(List.of(), Twins.missing(TwinTest.class));
    }

    @Test
    void shouldSayOfEachWhiteBoxWhyItIsOne() {
        assertEquals(Twins.listedWhiteBoxes(TwinTest.class), Twins.whiteBoxes(TwinTest.class));
    }
}
