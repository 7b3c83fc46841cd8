package io.heliograph.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.Twins;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Black-box tests run against the packaged service and the native executable as well. */
class TwinTest {

    @Test
    void shouldHaveATwinForEachBlackBox() {
        assertEquals(List.of(), Twins.missing(TwinTest.class));
    }

    @Test
    void shouldListEachWhiteBoxWithItsReason() {
        assertEquals(Twins.listedWhiteBoxes(TwinTest.class), Twins.whiteBoxes(TwinTest.class));
    }
}
