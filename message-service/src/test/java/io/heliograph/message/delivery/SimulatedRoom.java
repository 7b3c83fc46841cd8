package io.heliograph.message.delivery;

import io.heliograph.message.message.ChangePage;
import io.heliograph.message.message.Message;
import io.heliograph.message.message.ReactionCount;
import io.heliograph.message.message.RoomLog;
import io.heliograph.message.message.Sender;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/** One room whose messages are sent, edited, deleted and reacted to at random; reading it takes a while, or fails. */
final class SimulatedRoom implements RoomLog {

    static final UUID ID = new UUID(0, 1);
    private static final Sender ADA = new Sender(new UUID(0, 2), "ada", "Ada", false);

    private final Vertx vertx;
    private final Random random;
    private final SortedMap<Long, Message> messages = new TreeMap<>();
    /** What each revision made of its message; the first is revision 1. */
    private final List<Message> revisions = new ArrayList<>();

    SimulatedRoom(Vertx vertx, Random random) {
        this.vertx = vertx;
        this.random = random;
    }

    synchronized Change commit() {
        long rev = revisions.size() + 1;
        Message earlier = messages.isEmpty() ? null : messages.get(1L + random.nextInt(messages.size()));
        int dice = random.nextInt(10);
        if (earlier == null || earlier.deletedAt() != null || dice < 5) {
            long seq = messages.size() + 1;
            return commit(Change::sent, Message.sent(ID, seq, rev, ADA, "client-" + seq, "sent", Instant.EPOCH));
        } else if (dice < 7) {
            return commit(Change::updated, changed(earlier, rev, "edited " + rev, false, earlier.reactions()));
        } else if (dice < 8) {
            return commit(Change::deleted, changed(earlier, rev, "", true, List.of()));
        }
        List<ReactionCount> reactions = List.of(new ReactionCount("+", rev, false));
        return commit(
                message -> Change.reaction(message, ADA, "+", true),
                changed(earlier, rev, earlier.content(), false, reactions));
    }

    synchronized long head() {
        return revisions.size();
    }

    /** The messages by their seq, as they were when the room had come to {@code rev}. */
    synchronized Map<Long, Message> at(long rev) {
        Map<Long, Message> then = new TreeMap<>();
        revisions.subList(0, (int) rev).forEach(message -> then.put(message.seq(), message));
        return then;
    }

    @Override
    public Future<ChangePage> changedAfter(UUID room, long rev, int limit, long bytes) {
        return soon(() -> read(rev, limit));
    }

    @Override
    public Future<Map<UUID, Long>> heads(List<UUID> rooms) {
        return soon(() -> Map.of(ID, head()));
    }

    @Override
    public Future<List<Boolean>> areMembers(List<RoomUser> users) {
        return soon(() -> users.stream().map(user -> true).toList());
    }

    private synchronized ChangePage read(long rev, int limit) {
        List<Message> changed = messages.values().stream()
                .filter(message -> message.rev() > rev)
                .sorted(Comparator.comparing(Message::rev))
                .limit(limit)
                .toList();
        long head = Math.max(rev, head());
        long upTo = changed.isEmpty() ? head : changed.get(changed.size() - 1).rev();
        return new ChangePage(changed, upTo, upTo < head);
    }

    private Change commit(Function<Message, Change> change, Message message) {
        messages.put(message.seq(), message);
        revisions.add(message);
        return change.apply(message);
    }

    private static Message changed(
            Message message, long rev, String content, boolean deleted, List<ReactionCount> reactions) {
        Instant later = Instant.EPOCH.plusSeconds(rev);
        return new Message(
                message.room(),
                message.seq(),
                rev,
                message.createdRev(),
                message.sender(),
                message.clientId(),
                content,
                message.createdAt(),
                later,
                deleted ? later : null,
                reactions,
                message.imported(),
                message.deletion(),
                message.attributes());
    }

    /** On the way there and on the way back other things happen. */
    private <T> Future<T> soon(Supplier<T> read) {
        Promise<T> answer = Promise.promise();
        boolean fails = chance(20);
        later(() -> {
            T result = read.get();
            later(() -> {
                if (fails) {
                    answer.fail("the database is away");
                } else {
                    answer.complete(result);
                }
            });
        });
        return answer.future();
    }

    private void later(Runnable next) {
        if (chance(2)) {
            next.run();
        } else {
            vertx.setTimer(1, timer -> next.run());
        }
    }

    private synchronized boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
