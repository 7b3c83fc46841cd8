package io.heliograph.gateway.task;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The last tasks of one kind. Each kind has its own, so that what happens often does not hide what happens seldom. */
final class RecentTasks {

    /** Some 4 KB. */
    private static final int KEPT = 20;

    private final AtomicReferenceArray<TaskRecord> last = new AtomicReferenceArray<>(KEPT);
    private final AtomicInteger count = new AtomicInteger();

    void add(TaskRecord record) {
        last.set(Math.floorMod(count.getAndIncrement(), KEPT), record);
    }

    Stream<TaskRecord> stream() {
        return IntStream.range(0, KEPT).mapToObj(last::get).filter(Objects::nonNull);
    }
}
