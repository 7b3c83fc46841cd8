package io.heliograph.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * All messages from a floor on that this client knows, in the order of {@code seq}, joined from pages of the history and
 * live messages. Of two states of a message the one with the higher {@code rev} is newer, whatever its source; so pages
 * and live changes may arrive in any order. Not safe for use by several threads.
 */
final class Timeline {

    private final List<Message> messages = new ArrayList<>();
    private final PendingChanges pendingChanges = new PendingChanges();
    private final int max;
    private Long floor;

    /** @param max the number of messages that are kept */
    Timeline(int max) {
        this.max = max;
    }

    /** The messages, oldest first. */
    List<Message> messages() {
        return List.copyOf(messages);
    }

    boolean isEmpty() {
        return messages.isEmpty();
    }

    /** The lowest seq that is known or will arrive live; null before the first join. */
    Long floor() {
        return floor;
    }

    /** Whether the history is known from its beginning. */
    boolean isComplete() {
        return floor != null && floor <= 1;
    }

    void floor(Long seq) {
        floor = seq;
    }

    /** Null if it is not known. */
    Message find(long seq) {
        int index = index(seq);
        return isAt(index, seq) ? messages.get(index) : null;
    }

    /**
     * Adds a live message, and returns its current state.
     *
     * @param isNew whether it was sent since the room was joined
     */
    Message put(Message message, boolean isNew) {
        if (floor == null || message.seq() < floor) {
            boolean isNext = messages.isEmpty() || (floor != null && message.seq() + 1 == floor);
            if (!isNew || !isNext) {
                pendingChanges.add(message);
                return message;
            }
            floor = message.seq();
        }
        Message merged = insert(message);
        if (messages.size() > max) {
            messages.remove(0);
            floor = messages.get(0).seq();
        }
        return merged;
    }

    /** Applies a reaction of a user, possibly the caller. */
    void react(ReactionChange change) {
        Message message = find(change.seq());
        if (message == null) {
            pendingChanges.add(change);
        } else if (change.rev() > message.rev()) {
            messages.set(index(change.seq()), change.applyTo(message));
        }
    }

    /** Applies a response to the caller, which has more data than the frame for all users. */
    void learn(Message message) {
        Message known = find(message.seq());
        if (known == null) {
            pendingChanges.add(message);
        } else if (message.rev() >= known.rev()) {
            messages.set(index(message.seq()), message);
        }
    }

    /** Adds a page of the history, newest first, that ends right below the floor; returns it oldest first. */
    List<Message> prepend(List<Message> page) {
        List<Message> older =
                new ArrayList<>(page.stream().map(pendingChanges::catchUp).toList());
        Collections.reverse(older);
        messages.addAll(0, older);
        if (!older.isEmpty()) {
            floor = older.get(0).seq();
        }
        return List.copyOf(older);
    }

    void clear() {
        messages.clear();
        pendingChanges.clear();
        floor = null;
    }

    private Message insert(Message message) {
        int index = index(message.seq());
        if (!isAt(index, message.seq())) {
            messages.add(index, pendingChanges.catchUp(message));
        } else if (message.rev() > messages.get(index).rev()) {
            messages.set(index, Reactions.keepMine(message, messages.get(index)));
        }
        return messages.get(index);
    }

    private boolean isAt(int index, long seq) {
        return index < messages.size() && messages.get(index).seq() == seq;
    }

    /** The index at which a message of this seq is, or would be: usually at the end. */
    private int index(long seq) {
        int low = 0;
        int high = messages.size();
        if (high > 0 && messages.get(high - 1).seq() < seq) {
            return high;
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (messages.get(middle).seq() < seq) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
