package io.heliograph.message.message.send;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bundles in the order in which they came, from which batches are taken. Not thread-safe. */
final class BatchBuffer {

    private record Key(Object room, Object sender, String clientId) {
        static Key of(NewMessage send) {
            return new Key(send.room(), send.sender().id(), send.clientId());
        }
    }

    private final ArrayDeque<PendingBatch> bundles = new ArrayDeque<>();

    void add(PendingBatch bundle) {
        bundles.add(bundle);
    }

    boolean isEmpty() {
        return bundles.isEmpty();
    }

    int size() {
        return bundles.size();
    }

    /**
     * Removes and returns as much as a batch holds, or one bundle that is larger. A repetition of a send that is in the
     * batch already stays for the next one, where the database knows the first.
     */
    List<PendingBatch> nextBatch(int maxSends) {
        List<PendingBatch> batch = new ArrayList<>(Math.min(bundles.size(), maxSends));
        List<PendingBatch> repeated = new ArrayList<>();
        Set<Key> keys = new HashSet<>();
        while (!bundles.isEmpty()
                && (keys.isEmpty() || keys.size() + bundles.peek().bundle().size() <= maxSends)) {
            PendingBatch next = bundles.poll();
            List<Key> own = next.bundle().sends().stream().map(Key::of).toList();
            if (Collections.disjoint(keys, own)) {
                keys.addAll(own);
                batch.add(next);
            } else {
                repeated.add(next);
            }
        }
        for (int i = repeated.size() - 1; i >= 0; i--) {
            bundles.addFirst(repeated.get(i));
        }
        return batch;
    }

    /** Removes and returns all. */
    List<PendingBatch> drain() {
        List<PendingBatch> all = List.copyOf(bundles);
        bundles.clear();
        return all;
    }
}
