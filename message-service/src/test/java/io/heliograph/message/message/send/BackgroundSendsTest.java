package io.heliograph.message.message.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.heliograph.message.message.Message;
import io.heliograph.message.message.Sender;
import io.heliograph.message.testsupport.Settings;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The order in which a commit queue commits what clients and jobs send; the clock is the test's. */
class BackgroundSendsTest {

    private static final long MILLISECOND = 1_000_000;
    private static final Vertx VERTX = Vertx.vertx();

    private final AtomicLong clock = new AtomicLong();
    private final LiveTraffic traffic = new LiveTraffic(clock::get);
    private final HeldCommits commits = new HeldCommits();
    private final Context context = VERTX.getOrCreateContext();
    private final CommitQueue queue = new CommitQueue(
            VERTX,
            context,
            Settings.of(
                    SendConfig.class,
                    Map.of(
                            "heliograph.send.max-commit-size", "8",
                            "heliograph.send.max-background-commit-size", "2",
                            "heliograph.send.background-pause", "3")),
            traffic,
            commits::commit);

    @AfterAll
    static void close() {
        VERTX.close();
    }

    /** A job gets a small commit, and then none for three times as long as that took. */
    @Test
    void shouldCommitLiveSendsFirstAndLeaveJobsTheirShare() {
        traffic.arrived();

        submitImport(6);
        assertThat(commits.next()).containsExactly("import 1", "import 2");
        submitLive("live 1");
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).containsExactly("live 1");
        submitLive("live 2");
        commits.endAfter(2 * MILLISECOND);
        assertThat(commits.next()).containsExactly("live 2");
        submitLive("live 3");
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).as("their turn has come").containsExactly("import 3", "import 4");
        submitLive("live 4");
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).containsExactly("live 3", "live 4");
    }

    @Test
    void shouldCommitLargeGroupsOfJobsSequentiallyWithoutLiveSends() {
        traffic.arrived();
        submitImport(14);
        assertThat(commits.next()).containsExactly("import 1", "import 2");

        clock.addAndGet(TimeUnit.SECONDS.toNanos(2));
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).hasSize(8).startsWith("import 3");
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).hasSize(4).startsWith("import 11");
    }

    /** The rest of an import does not go beside its contended sends, where it would have no pause. */
    @Test
    void shouldHoldSendsOfJobsWhileTheirRoomIsContended() {
        traffic.arrived();
        submitImport(4);
        assertThat(commits.next()).containsExactly("import 1", "import 2");

        commits.endLocked();
        assertThat(commits.next()).as("waits for the lock").containsExactly("import 1", "import 2");
        submitLive("live 1");
        clock.addAndGet(10 * MILLISECOND);
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).as("of the same room").containsExactly("live 1");
        commits.endAfter(MILLISECOND);
        assertThat(commits.next()).containsExactly("import 3", "import 4");
    }

    @Test
    void shouldCommitHeldSendsBeforeOneThatArrivesWhileTheyAreReleased() {
        traffic.arrived();
        submitImport(4);
        assertThat(commits.next()).containsExactly("import 1", "import 2");
        commits.endLocked();
        assertThat(commits.next()).as("waits for the lock").containsExactly("import 1", "import 2");
        clock.addAndGet(10 * MILLISECOND);

        context.runOnContext(together -> {
            commits.endAfter(MILLISECOND);
            queue.submit(send("import 5"), SendPriority.BACKGROUND);
        });

        assertThat(commits.next()).containsExactly("import 3", "import 4");
    }

    private void submitImport(int sends) {
        context.runOnContext(together -> IntStream.rangeClosed(1, sends)
                .forEach(n -> queue.submit(send("import " + n), SendPriority.BACKGROUND)));
    }

    private void submitLive(String clientId) {
        queue.submit(send(clientId), SendPriority.LIVE);
    }

    private static MessageBatch send(String clientId) {
        Sender ada = new Sender(new UUID(1, 0), "ada", "Ada", false);
        return new MessageBatch(List.of(new NewMessage(new UUID(0, 0), ada, clientId, "a content")));
    }

    /** Commits that end when the test ends them. */
    private final class HeldCommits {

        private record Held(List<NewMessage> sends, Promise<List<SendResult>> done) {}

        private final BlockingQueue<Held> begun = new LinkedBlockingQueue<>();
        private Held last;

        Future<List<SendResult>> commit(List<MessageBatch> group, LockWaitPolicy lock) {
            Held held = new Held(MessageBatch.sends(group), Promise.promise());
            begun.add(held);
            return held.done.future();
        }

        /** The client ids of the commit that begins next. */
        List<String> next() {
            try {
                last = begun.poll(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return last.sends.stream().map(NewMessage::clientId).toList();
        }

        /** @param nanos how long the commit took */
        void endAfter(long nanos) {
            clock.addAndGet(nanos);
            last.done.complete(last.sends.stream()
                    .<SendResult>map(send -> new SendResult.Stored(Message.sent(
                            send.room(), 1, 1, send.sender(), send.clientId(), send.content(), Instant.EPOCH)))
                    .toList());
        }

        void endLocked() {
            clock.addAndGet(MILLISECOND);
            last.done.complete(last.sends.stream()
                    .<SendResult>map(send -> new SendResult.Contended())
                    .toList());
        }
    }
}
