package io.heliograph.message.message.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Batches that wait for a commit, in the order of their arrival. Not thread-safe. */
final class BatchBuffer {

    private record Key(Object room, Object sender, String clientId) {
        static Key of(NewMessage send) {
            return new Key(send.room(), send.sender().id(), send.clientId());
        }
    }

    private final ArrayDeque<PendingBatch> batches = new ArrayDeque<>();

    void add(PendingBatch batch) {
        batches.add(batch);
    }

    boolean isEmpty() {
        return batches.isEmpty();
    }

    int size() {
        return batches.size();
    }

    /**
     * Removes and returns the next group: batches with at most {@code maxSends} sends in total, or one larger batch. A
     * repetition of a send that is already in the group waits for the next group, when the first send is stored.
     */
    List<PendingBatch> nextGroup(int maxSends) {
        List<PendingBatch> group = new ArrayList<>(Math.min(batches.size(), maxSends));
        List<PendingBatch> repeated = new ArrayList<>();
        Set<Key> keys = new HashSet<>();
        while (!batches.isEmpty()
                && (keys.isEmpty() || keys.size() + batches.peek().batch().size() <= maxSends)) {
            PendingBatch next = batches.poll();
            List<Key> own = next.batch().sends().stream().map(Key::of).toList();
            if (Collections.disjoint(keys, own)) {
                keys.addAll(own);
                group.add(next);
            } else {
                repeated.add(next);
            }
        }
        for (int i = repeated.size() - 1; i >= 0; i--) {
            batches.addFirst(repeated.get(i));
        }
        return group;
    }

    /** Removes and returns all batches. */
    List<PendingBatch> drain() {
        List<PendingBatch> all = List.copyOf(batches);
        batches.clear();
        return all;
    }
}
