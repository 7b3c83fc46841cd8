package io.heliograph.client;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Changes of messages that are not known yet, kept for a page that was read before they happened. */
final class PendingChanges {

    private static final int MAX = 1_000;

    private final Map<Long, List<UnaryOperator<Message>>> changes = new LinkedHashMap<>();
    private int count;

    void add(Message message) {
        add(message.seq(), known -> message.rev() >= known.rev() ? Reactions.keepMine(message, known) : known);
    }

    void add(ReactionChange change) {
        add(change.seq(), known -> change.rev() > known.rev() ? change.applyTo(known) : known);
    }

    /** The message with all changes that arrived before it was known. */
    Message catchUp(Message message) {
        Message current = message;
        for (UnaryOperator<Message> change : remove(message.seq())) {
            current = change.apply(current);
        }
        return current;
    }

    void clear() {
        changes.clear();
        count = 0;
    }

    private void add(long seq, UnaryOperator<Message> change) {
        changes.computeIfAbsent(seq, key -> new ArrayList<>()).add(change);
        if (++count > MAX) {
            Iterator<Long> oldest = changes.keySet().iterator();
            remove(oldest.next());
        }
    }

    private List<UnaryOperator<Message>> remove(long seq) {
        List<UnaryOperator<Message>> removed = changes.remove(seq);
        count -= removed == null ? 0 : removed.size();
        return removed == null ? List.of() : removed;
    }
}
