package io.heliograph.message.delivery;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Puts the changes of one room in the order of their revisions. The output has every revision after {@link #rev()} once
 * and without a gap, even if the input is repeated, late or incomplete. Not thread-safe.
 */
final class SequenceTracker {

    private final TreeMap<Long, Change> early = new TreeMap<>();
    private final int maxOutOfOrder;
    private long rev;
    private long known;
    private boolean partial;

    /**
     * @param rev the revision up to which everything has been delivered
     * @param maxOutOfOrder how many changes may wait behind a gap; later ones are dropped, and found by the next fill
     */
    SequenceTracker(long rev, int maxOutOfOrder) {
        this.rev = rev;
        this.known = rev;
        this.maxOutOfOrder = maxOutOfOrder;
    }

    long rev() {
        return rev;
    }

    /**
     * The revision up to which all messages have been delivered. That is {@link #rev()}, except between the parts of a
     * fill: a message that has changed again is in a later part.
     */
    long known() {
        return partial ? known : rev;
    }

    boolean hasGap() {
        return partial || !early.isEmpty();
    }

    /** Accepts changes in any order and returns those that are next. */
    List<Change> offer(List<Change> changes) {
        List<Change> ready = new ArrayList<>(changes.size());
        for (Change change : changes) {
            if (change.rev() == rev + 1 && !partial) {
                ready.add(change);
                rev++;
            } else if (change.rev() > rev && early.size() < maxOutOfOrder) {
                early.put(change.rev(), change);
            }
        }
        release(ready);
        return ready;
    }

    /**
     * Accepts the changes in the database after {@link #rev()} and up to {@code upTo}; returns them and the later
     * changes that follow without a gap. While there is {@code more} no later change is returned: it may refer to a
     * message that has not been delivered yet.
     */
    List<Change> fill(List<Change> stored, long upTo, boolean more) {
        List<Change> ready = new ArrayList<>(stored.size());
        for (Change change : stored) {
            if (change.rev() > rev) {
                ready.add(change);
            }
        }
        if (upTo >= rev) {
            known = known();
            partial = more;
            rev = upTo;
        }
        release(ready);
        return ready;
    }

    private void release(List<Change> ready) {
        early.headMap(rev, true).clear();
        while (!partial && !early.isEmpty() && early.firstKey() == rev + 1) {
            ready.add(early.pollFirstEntry().getValue());
            rev++;
        }
    }
}
