package io.heliograph.message.account;

import io.heliograph.message.message.UnreadCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The newest messages of a room by their senders, as far as is needed to count what is unread for each member without a
 * query. Not thread-safe.
 */
final class UnreadTail {

    /** Old messages are dropped a quarter at a time. */
    private static final int MAX_KEPT = UnreadCount.MAX * 5 / 4;

    /** The senders of the messages from {@code firstSeq} on; null for one that is deleted or not known yet. */
    private final List<UUID> senders = new ArrayList<>();

    private final Map<UUID, UUID> known = new HashMap<>();
    private long firstSeq;
    private long lastSeq;
    private long rev;
    /** How many messages count from each on; null if it is to be counted again. */
    private int[] countFrom;

    /** Without a message yet; of those up to {@code readSeq} none is needed. */
    UnreadTail(long readSeq) {
        this.firstSeq = readSeq + 1;
        this.lastSeq = readSeq;
    }

    long lastSeq() {
        return lastSeq;
    }

    long rev() {
        return rev;
    }

    /** Whether it has all that may be unread after this mark. */
    boolean reaches(long readSeq) {
        return start(readSeq) >= firstSeq;
    }

    /** A message as it is now; returns whether that changes a count. {@code sender} is null for one that is deleted. */
    boolean put(long seq, UUID sender) {
        if (seq < firstSeq) {
            return false;
        }
        int index = (int) (seq - firstSeq);
        boolean isNew = index >= senders.size();
        while (index >= senders.size()) {
            senders.add(null);
        }
        UUID before = senders.set(index, sender == null ? null : known.computeIfAbsent(sender, same -> same));
        lastSeq = Math.max(lastSeq, seq);
        countFrom = null;
        return isNew || (before == null) != (sender == null);
    }

    /** Everything up to this end of the room has been put. */
    void advance(long roomSeq, long roomRev) {
        lastSeq = Math.max(lastSeq, roomSeq);
        rev = roomRev;
        if (senders.size() > MAX_KEPT) {
            int dropped = senders.size() - UnreadCount.MAX;
            senders.subList(0, dropped).clear();
            firstSeq += dropped;
            known.keySet().retainAll(new HashSet<>(senders));
            countFrom = null;
        }
    }

    Unread count(UUID user, long readSeq) {
        int from = (int) Math.min(Math.max(0, start(readSeq) - firstSeq), senders.size());
        int own = known.containsKey(user)
                ? (int) senders.subList(from, senders.size()).stream()
                        .filter(user::equals)
                        .count()
                : 0;
        return new Unread(counts()[from] - own, 0);
    }

    /** The first message that may be unread. */
    private long start(long readSeq) {
        return Math.max(readSeq, lastSeq - UnreadCount.MAX) + 1;
    }

    private int[] counts() {
        if (countFrom == null) {
            countFrom = new int[senders.size() + 1];
            for (int i = senders.size() - 1; i >= 0; i--) {
                countFrom[i] = countFrom[i + 1] + (senders.get(i) == null ? 0 : 1);
            }
        }
        return countFrom;
    }
}
