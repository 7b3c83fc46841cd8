package io.heliograph.client;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/**
 * Calls the listeners of a client one after the other, in the order of the events. While more than {@value #FULL}
 * events wait the client reads nothing from its connection, so that a slow listener costs no memory; events that the
 * program itself causes meanwhile are bounded by {@value #MAX}.
 */
final class EventQueue {

    static final int FULL = 1_000;
    static final int MAX = 10_000;
    private static final int LOW = FULL / 2;

    /** Calls before another client has its turn on the executor. */
    private static final int TURN = 100;

    private static final System.Logger LOG = System.getLogger("io.heliograph.client");

    private final Executor executor;
    private final Deque<Runnable> calls = new ArrayDeque<>();
    private boolean isRunning;
    private boolean isLosing;
    private Runnable onRoom;

    EventQueue(Executor executor) {
        this.executor = executor;
    }

    /** Adds an event of a room, of which none may be lost: callers of {@link #whenRoom} bound their number. */
    synchronized void add(Runnable call) {
        calls.add(call);
        if (!isRunning) {
            isRunning = true;
            executor.execute(this::deliver);
        }
    }

    /** Adds an event whose information the program can also get in another way. */
    synchronized void offer(Runnable call) {
        boolean isFull = calls.size() >= MAX;
        if (!isFull) {
            add(call);
        } else if (!isLosing) {
            LOG.log(Level.WARNING, "{0} events wait for a listener: further ones of the client are dropped", MAX);
        }
        isLosing = isFull;
    }

    /** Runs this as soon as the queue is not full; replaces an action that is already waiting for that. */
    void whenRoom(Runnable action) {
        synchronized (this) {
            if (calls.size() >= FULL) {
                onRoom = action;
                return;
            }
        }
        action.run();
    }

    private void deliver() {
        for (int count = 0; count < TURN; count++) {
            Runnable call;
            synchronized (this) {
                call = calls.poll();
                if (call == null) {
                    isRunning = false;
                    return;
                }
            }
            call.run();
            resume();
        }
        executor.execute(this::deliver);
    }

    private void resume() {
        Runnable action = null;
        synchronized (this) {
            if (calls.size() <= LOW) {
                action = onRoom;
                onRoom = null;
            }
        }
        if (action != null) {
            action.run();
        }
    }
}
