package io.heliograph.message.imports;

import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFailure;
import io.heliograph.message.message.send.GroupCommit;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.message.send.SendResult;
import io.heliograph.rest.problem.ProblemException;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;

/**
 * Stores the messages of one import by the write path of all messages, with less priority than clients. While one group is
 * committed, the next one waits, so that no commit waits for the import. The result of each message is recorded in the
 * checkpoint, which is stored periodically. Used by one thread.
 */
final class MessageImporter {

    /** Messages that are stored together, in their order, except those that are {@code stored} already. */
    private record Group(
            List<WaitingLine> lines,
            Set<WaitingLine> stored,
            List<NewMessage> sends,
            Future<List<SendResult>> outcomes) {}

    /** One group that is being committed and one that waits. */
    private static final int GROUPS = 2;
    /** Messages between two checkpoints. A later attempt finds messages after the checkpoint by their client ids. */
    private static final int KEPT_EVERY = 2_000;
    /** The delay before a retry while the queue of the write path is full. */
    private static final int TRIES = 60;

    private static final long PAUSE_MILLIS = 250;

    private final GroupCommit commits;
    private final JobExecution execution;
    private final ImportAuthors authors;
    private final ImportCheckpoint checkpoint;
    private final Optional<Instant> keptSince;
    private final int groupSize;
    private final Queue<Group> underWay = new ArrayDeque<>();
    private Future<Void> kept = Future.succeededFuture();
    private int unkept;

    MessageImporter(
            GroupCommit commits,
            JobExecution execution,
            ImportAuthors authors,
            ImportCheckpoint checkpoint,
            Optional<Instant> keptSince,
            int groupSize) {
        this.commits = commits;
        this.execution = execution;
        this.authors = authors;
        this.checkpoint = checkpoint;
        this.keptSince = keptSince;
        this.groupSize = groupSize;
    }

    /** Stores all messages of the source in their order, except those that are stored already. Blocks. */
    void store(LineSource source) throws Exception {
        execution.advance(checkpoint.done(), checkpoint.total());
        for (List<WaitingLine> lines = source.next(); !lines.isEmpty(); lines = source.next()) {
            authors.lookUp(lines);
            Set<WaitingLine> stored = authors.storedOtherwise(lines);
            for (int from = 0; from < lines.size(); from += groupSize) {
                if (underWay.size() == GROUPS) {
                    settle(source);
                }
                underWay.add(send(lines.subList(from, Math.min(lines.size(), from + groupSize)), stored));
            }
        }
        while (!underWay.isEmpty()) {
            settle(source);
        }
        execution.await(kept);
    }

    private Group send(List<WaitingLine> lines, Set<WaitingLine> stored) {
        List<NewMessage> sends = lines.stream()
                .filter(each -> !stored.contains(each) && !isTooOld(each))
                .map(each -> authors.send(each.line()))
                .toList();
        return new Group(lines, stored, sends, send(sends));
    }

    private Future<List<SendResult>> send(List<NewMessage> sends) {
        return Future.join(sends.stream().map(commits::sendInBackground).toList())
                .map(all -> all.<SendResult>list());
    }

    /** Waits for the oldest group. */
    private void settle(LineSource source) throws Exception {
        Group group = underWay.remove();
        List<SendResult> outcomes = outcomes(group);
        int sent = 0;
        for (WaitingLine line : group.lines()) {
            if (group.stored().contains(line)) {
                report(line).stored(false);
            } else if (isTooOld(line)) {
                report(line).refused(line.line().line(), "is older than messages are kept in the room");
            } else {
                note(line, group.sends().get(sent), outcomes.get(sent));
                sent++;
            }
        }
        checkpoint.settled(group.lines());
        execution.advance(checkpoint.done(), checkpoint.total());
        unkept += group.lines().size();
        if (unkept >= KEPT_EVERY) {
            execution.await(kept);
            kept = source.keep(checkpoint, group.lines().get(group.lines().size() - 1));
            unkept = 0;
        }
    }

    /** Retries messages that were rejected because the queue was full. They may then follow the next group. */
    private List<SendResult> outcomes(Group group) throws Exception {
        Future<List<SendResult>> outcomes = group.outcomes();
        for (int tries = 1; ; tries++) {
            try {
                return execution.await(outcomes);
            } catch (ProblemException full) {
                if (tries == TRIES || !full.code().equals("overloaded")) {
                    throw full;
                }
                Thread.sleep(PAUSE_MILLIS);
                execution.check();
                outcomes = send(group.sends());
            }
        }
    }

    private void note(WaitingLine waiting, NewMessage send, SendResult outcome) throws Exception {
        if (outcome instanceof SendResult.Stored) {
            report(waiting).stored(true);
        } else if (outcome instanceof SendResult.Repeated) {
            report(waiting).stored(false);
        } else if (outcome instanceof SendResult.Conflict) {
            report(waiting).refused(waiting.line().line(), "has the clientId of another message");
        } else if (!authors.isImporter(send.sender())) {
            // The sender has left the room meanwhile, or may not write in it.
            NewMessage own = authors.sendAsImporter(waiting.line());
            List<NewMessage> alone = List.of(own);
            Group again = new Group(List.of(waiting), Set.of(), alone, send(alone));
            note(waiting, own, outcomes(again).get(0));
        } else {
            throw failure(outcome);
        }
    }

    /** Whether retention would remove its content as soon as it is stored. */
    private boolean isTooOld(WaitingLine waiting) {
        Instant sentAt = waiting.line().sentAt();
        return sentAt != null && keptSince.filter(sentAt::isBefore).isPresent();
    }

    private FileReport report(WaitingLine waiting) {
        return checkpoint.reports().get(waiting.file());
    }

    private static JobFailure failure(SendResult outcome) {
        try {
            outcome.messageOrRefusal();
            throw new IllegalStateException("No refusal: " + outcome);
        } catch (ProblemException refusal) {
            return new JobFailure(refusal.code(), refusal.getMessage());
        }
    }
}
