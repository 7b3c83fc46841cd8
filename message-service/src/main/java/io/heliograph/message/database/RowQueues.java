package io.heliograph.message.database;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;

/**
 * Schedules the transactions of each row. Up to {@value #MAX_RUNNING} of one row run concurrently, and the others queue
 * in memory. A row whose lock a transaction did not get at once is contended: its transactions run one by one, and wait
 * for the lock. The number of such waits is bounded over all rows; contended rows take turns. Thread-safe.
 */
final class RowQueues {

    /** One that runs, and one that gets the lock from PostgreSQL as soon as it is released. */
    private static final int MAX_RUNNING = 2;

    /** A transaction that waits for its turn. */
    interface Task {

        /**
         * @param waits whether it may wait for a lock that another transaction holds
         * @return whether it has ended, whatever the outcome; false if it did not get a lock. Never fails.
         */
        Future<Boolean> attempt(boolean waits);

        /** Whether the caller still waits for the result. */
        boolean isWanted();
    }

    private static final class RowQueue {
        private final Object row;
        private final Deque<Task> tasks = new ArrayDeque<>();
        private int running;
        private boolean contended;
        /** Whether it is in {@link #turns}. */
        private boolean hasTurn;

        RowQueue(Object row) {
            this.row = row;
        }
    }

    private final int maxQueued;
    private final int maxLockWaits;
    private final Map<Object, RowQueue> queues = new HashMap<>();
    /** Contended rows, in the order in which they wait for their lock. */
    private final Queue<RowQueue> turns = new ArrayDeque<>();

    private int lockWaits;

    /**
     * @param maxQueued how many transactions of one row may queue
     * @param maxLockWaits how many transactions of all rows wait for a lock at once
     */
    RowQueues(int maxQueued, int maxLockWaits) {
        this.maxQueued = maxQueued;
        this.maxLockWaits = maxLockWaits;
    }

    /** Returns whether it was added: false if the queue of this row is full. */
    boolean add(Object row, Task task) {
        List<Runnable> starts;
        synchronized (this) {
            RowQueue queue = queues.computeIfAbsent(row, RowQueue::new);
            if (queue.tasks.size() >= maxQueued) {
                return false;
            }
            queue.tasks.add(task);
            starts = next(queue);
        }
        starts.forEach(Runnable::run);
        return true;
    }

    /** Removes a transaction whose caller has given up; has no effect if it runs already. */
    synchronized void remove(Object row, Task task) {
        RowQueue queue = queues.get(row);
        if (queue != null && queue.tasks.remove(task)) {
            forgetIfIdle(queue);
        }
    }

    /** The number of transactions that wait in memory, of all rows. */
    synchronized int queued() {
        return queues.values().stream().mapToInt(queue -> queue.tasks.size()).sum();
    }

    /** The transactions to start after a change of this row. */
    private List<Runnable> next(RowQueue queue) {
        List<Runnable> starts = new ArrayList<>(MAX_RUNNING);
        while (!queue.contended && queue.running < MAX_RUNNING && !queue.tasks.isEmpty()) {
            starts.add(start(queue, false));
        }
        if (queue.contended && queue.running == 0 && !queue.hasTurn && !queue.tasks.isEmpty()) {
            queue.hasTurn = true;
            turns.add(queue);
        }
        while (lockWaits < maxLockWaits && !turns.isEmpty()) {
            RowQueue contended = turns.poll();
            contended.hasTurn = false;
            if (!contended.tasks.isEmpty()) {
                lockWaits++;
                starts.add(start(contended, true));
            } else {
                forgetIfIdle(contended);
            }
        }
        forgetIfIdle(queue);
        return starts;
    }

    private Runnable start(RowQueue queue, boolean waits) {
        Task task = queue.tasks.poll();
        queue.running++;
        return () -> task.attempt(waits).onComplete(done -> ended(queue, task, waits, done.result()));
    }

    private void ended(RowQueue queue, Task task, boolean waited, boolean over) {
        List<Runnable> starts;
        synchronized (this) {
            queue.running--;
            if (waited) {
                lockWaits--;
            }
            if (!over) {
                queue.contended = true;
                if (task.isWanted()) {
                    queue.tasks.addFirst(task);
                }
            } else if (waited) {
                queue.contended = false;
            }
            starts = next(queue);
        }
        starts.forEach(Runnable::run);
    }

    private void forgetIfIdle(RowQueue queue) {
        if (queue.running == 0 && queue.tasks.isEmpty() && !queue.hasTurn) {
            queues.remove(queue.row, queue);
        }
    }
}
