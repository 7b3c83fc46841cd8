package io.heliograph.client;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventQueueTest {

    /** Runs when the test requests it. */
    private final Deque<Runnable> executor = new ArrayDeque<>();

    private final EventQueue queue = new EventQueue(executor::add);
    private final List<Integer> called = new ArrayList<>();

    @Test
    void shouldCallInTheOrderOfTheEvents() {
        fill(250);

        runAll();

        assertEquals(IntStream.range(0, 250).boxed().toList(), called);
    }

    @Test
    void shouldBlockTheReaderWhileAListenerIsSlow() {
        AtomicBoolean isReading = new AtomicBoolean();
        fill(EventQueue.FULL);
        queue.whenRoom(() -> isReading.set(true));
        assertFalse(isReading.get());

        runAll();

        assertTrue(isReading.get());
    }

    @Test
    void shouldNotBlockTheReaderWhileTheQueueHasRoom() {
        AtomicBoolean isReading = new AtomicBoolean();
        fill(EventQueue.FULL - 1);

        queue.whenRoom(() -> isReading.set(true));

        assertTrue(isReading.get());
    }

    @Test
    void shouldDropEventsThatAProgramCausesWhileTheQueueIsFull() {
        fill(EventQueue.MAX);

        queue.offer(() -> called.add(-1));
        runAll();
        queue.offer(() -> called.add(-2));
        runAll();

        assertEquals(EventQueue.MAX + 1, called.size());
        assertEquals(-2, called.get(EventQueue.MAX));
    }

    private void fill(int count) {
        IntStream.range(0, count).forEach(number -> queue.add(() -> called.add(number)));
    }

    private void runAll() {
        while (!executor.isEmpty()) {
            executor.remove().run();
        }
    }
}
