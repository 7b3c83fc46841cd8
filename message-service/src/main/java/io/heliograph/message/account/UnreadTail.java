package io.heliograph.message.account;

import io.heliograph.message.message.UnreadCount;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
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
    /** The messages that mention other users than their sender, by mentioned user. */
    private final Map<UUID, NavigableSet<Long>> mentions = new HashMap<>();

    /** The users whom each message mentions. */
    private final NavigableMap<Long, List<UUID>> mentioned = new TreeMap<>();

    private long firstSeq;
    private long lastSeq;
    private long rev;
    /** How many messages count from each one on; null if this has to be computed again. */
    private int[] countFrom;

    /** An empty tail, which needs only messages after {@code readSeq}. */
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

    /** Whether it has all messages that may be unread after this mark. */
    boolean reaches(long readSeq) {
        return start(readSeq) >= firstSeq;
    }

    /**
     * Stores the current state of a message; returns whether a count changes. {@code sender} is null if it is deleted.
     */
    boolean put(long seq, UUID sender, List<UUID> users) {
        if (seq < firstSeq) {
            return false;
        }
        List<UUID> before = mentioned.getOrDefault(seq, List.of());
        List<UUID> after = sender == null ? List.of() : users;
        forgetMentions(seq);
        if (sender != null && !users.isEmpty()) {
            mentioned.put(seq, users);
            users.stream().filter(user -> !user.equals(sender)).forEach(user -> mentions.computeIfAbsent(
                            user, one -> new TreeSet<>())
                    .add(seq));
        }
        int index = (int) (seq - firstSeq);
        boolean isNew = index >= senders.size();
        while (index >= senders.size()) {
            senders.add(null);
        }
        UUID senderBefore = senders.set(index, sender == null ? null : known.computeIfAbsent(sender, same -> same));
        lastSeq = Math.max(lastSeq, seq);
        countFrom = null;
        return isNew || (senderBefore == null) != (sender == null) || !before.equals(after);
    }

    /** Records that all messages up to this end of the room have been put. */
    void advance(long roomSeq, long roomRev) {
        lastSeq = Math.max(lastSeq, roomSeq);
        rev = roomRev;
        if (senders.size() > MAX_KEPT) {
            int dropped = senders.size() - UnreadCount.MAX;
            senders.subList(0, dropped).clear();
            firstSeq += dropped;
            List.copyOf(mentioned.headMap(firstSeq).keySet()).forEach(this::forgetMentions);
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
        NavigableSet<Long> mentioning = mentions.get(user);
        return new Unread(
                counts()[from] - own,
                mentioning == null ? 0 : mentioning.tailSet(start(readSeq)).size());
    }

    private void forgetMentions(long seq) {
        List<UUID> users = mentioned.remove(seq);
        if (users != null) {
            for (UUID user : users) {
                mentions.computeIfPresent(user, (one, seqs) -> {
                    seqs.remove(seq);
                    return seqs.isEmpty() ? null : seqs;
                });
            }
        }
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
