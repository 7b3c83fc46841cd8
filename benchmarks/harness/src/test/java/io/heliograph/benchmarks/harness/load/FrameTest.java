package io.heliograph.benchmarks.harness.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final byte[] NUMBER = Frame.field("number");

    @Test
    void shouldReadFieldsOfAFrameBetweenOtherBytes() {
        byte[] bytes = Frame.ascii("rest of another{\"type\":\"message\",\"rev\":42}and more");

        Frame frame = new Frame().at(bytes, "rest of another".length(), bytes.length - "and more".length());

        assertTrue(frame.is(Frame.ascii("message")));
        assertFalse(frame.is(Frame.ascii("mess")));
        assertEquals(42, frame.number(Frame.field("rev")));
        assertThrows(IllegalStateException.class, () -> frame.number(NUMBER));
    }

    @Test
    void shouldReadANumberAfterASpace() {
        assertEquals(
                7,
                frame("{\"type\": \"message\", \"number\": 7, \"text\": \"x\"}").number(NUMBER));
    }

    @Test
    void shouldReadAllNumbersInOrder() {
        List<Long> numbers = new ArrayList<>();

        frame("{\"publications\":[{\"data\":{\"number\":3}},{\"data\":{\"number\":4}}],\"recovered\":true}")
                .numbers(NUMBER, numbers::add);

        assertEquals(List.of(3L, 4L), numbers);
    }

    @Test
    void shouldSplitAFrameIntoLines() {
        List<String> lines = new ArrayList<>();

        frame("{\"id\":1}\n{}\n{\"push\":{}}").lines(line -> lines.add(line.toString()));

        assertEquals(List.of("{\"id\":1}", "{}", "{\"push\":{}}"), lines);
    }

    @Test
    void shouldReadTexts() {
        assertEquals("ab1", frame("40{\"sid\":\"s\",\"pid\":\"ab1\"}").text(Frame.field("pid")));
        assertEquals(
                "1732-0", frame("42[\"message\",{\"number\":1},\"1732-0\"]").lastText());
    }

    private static Frame frame(String json) {
        byte[] bytes = Frame.ascii(json);
        return new Frame().at(bytes, 0, bytes.length);
    }
}
