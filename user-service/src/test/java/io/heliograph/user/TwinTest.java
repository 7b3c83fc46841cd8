package io.heliograph.user;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.heliograph.testsupport.Twins;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each black-box test also runs on the packaged service and on the native executable. */
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
