package io.heliograph.message.imports;

import io.heliograph.message.imports.ImportRepository.Account;
import io.heliograph.message.imports.ImportRepository.WaitingLine;
import io.heliograph.message.job.JobExecution;
import io.heliograph.message.job.JobFailure;
import io.heliograph.message.message.Origin;
import io.heliograph.message.message.Sender;
import io.heliograph.message.problem.Refusal;
import io.heliograph.message.send.GroupCommit;
import io.heliograph.message.send.Outcome;
import io.heliograph.message.send.Send;
import io.vertx.core.Future;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Sends the messages of one import on the way of all sends. Who is named by their username and is in the room is the
 * sender; for all others it is who imports, and the message names the author. Used by one thread.
 */
final class MessageImporter {

    /** Names of which it is remembered who they are, some 300 bytes each. */
    private static final int KNOWN_NAMES = 5_000;
    /** While the write path is full, which a second or two of patience mends. */
    private static final int TRIES = 60;

    private static final long PAUSE_MILLIS = 250;

    private final ImportRepository repository;
    private final GroupCommit commits;
    private final JobExecution execution;
    private final UUID room;
    private final Sender importer;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<String> looked = new HashSet<>();

    MessageImporter(
            ImportRepository repository, GroupCommit commits, JobExecution execution, UUID room, Sender importer) {
        this.repository = repository;
        this.commits = commits;
        this.execution = execution;
        this.room = room;
        this.importer = importer;
    }

    /** Stores these in their order, what is stored already not again, and notes in the reports what became of each. */
    void store(List<WaitingLine> lines, List<FileReport> reports) throws Exception {
        lookUp(lines);
        List<WaitingLine> fresh = withoutKnown(lines, reports);
        List<Send> sends = fresh.stream().map(each -> send(each.line())).toList();
        List<Outcome> outcomes = sendAll(sends);
        for (int i = 0; i < fresh.size(); i++) {
            note(fresh.get(i), sends.get(i), outcomes.get(i), reports);
        }
    }

    private void lookUp(List<WaitingLine> lines) throws Exception {
        if (looked.size() > KNOWN_NAMES) {
            looked.clear();
            accounts.clear();
        }
        List<String> names = lines.stream()
                .map(each -> each.line().username())
                .filter(name -> name != null && looked.add(key(name)))
                .toList();
        if (!names.isEmpty()) {
            for (Account account : execution.await(repository.accounts(room, names))) {
                accounts.put(account.name(), account);
            }
        }
    }

    /**
     * Who was not in the room at an earlier import may have come since, or left: then the message is there under the other
     * sender.
     */
    private List<WaitingLine> withoutKnown(List<WaitingLine> lines, List<FileReport> reports) throws Exception {
        List<WaitingLine> doubtful =
                lines.stream().filter(each -> account(each.line()) != null).toList();
        if (doubtful.isEmpty()) {
            return lines;
        }
        List<UUID> senders = new ArrayList<>();
        List<String> clientIds = new ArrayList<>();
        for (WaitingLine each : doubtful) {
            Account account = account(each.line());
            senders.add(account.member() ? importer.id() : account.sender().id());
            clientIds.add(
                    account.member()
                            ? importersClientId(each.line())
                            : each.line().clientId());
        }
        Set<WaitingLine> known = new HashSet<>();
        for (int place : execution.await(repository.known(room, senders, clientIds))) {
            known.add(doubtful.get(place));
        }
        known.forEach(each -> reports.get(each.file()).stored(false));
        return lines.stream().filter(each -> !known.contains(each)).toList();
    }

    private List<Outcome> sendAll(List<Send> sends) throws Exception {
        for (int tries = 1; ; tries++) {
            try {
                return execution.await(
                        Future.join(sends.stream().map(commits::send).toList()).map(all -> all.<Outcome>list()));
            } catch (Refusal full) {
                if (tries == TRIES || !full.code().equals("overloaded")) {
                    throw full;
                }
                Thread.sleep(PAUSE_MILLIS);
                execution.check();
            }
        }
    }

    private void note(WaitingLine waiting, Send send, Outcome outcome, List<FileReport> reports) throws Exception {
        FileReport report = reports.get(waiting.file());
        if (outcome instanceof Outcome.Stored) {
            report.stored(true);
        } else if (outcome instanceof Outcome.Repeated) {
            report.stored(false);
        } else if (outcome instanceof Outcome.Conflict) {
            report.refused(waiting.line().line(), "has the clientId of another message");
        } else if (!send.sender().id().equals(importer.id())) {
            // Its sender has just left the room, or may not write in it.
            Send own = asImporter(waiting.line());
            note(waiting, own, sendAll(List.of(own)).get(0), reports);
        } else {
            throw failure(outcome);
        }
    }

    private static JobFailure failure(Outcome outcome) {
        try {
            outcome.messageOrRefusal();
            throw new IllegalStateException("No refusal: " + outcome);
        } catch (Refusal refusal) {
            return new JobFailure(refusal.code(), refusal.getMessage());
        }
    }

    private Send send(ImportedLine line) {
        Account account = account(line);
        return account == null || !account.member()
                ? asImporter(line)
                : new Send(
                        room,
                        account.sender(),
                        line.clientId(),
                        line.content(),
                        line.sentAt(),
                        new Origin(importer.id(), null));
    }

    private Send asImporter(ImportedLine line) {
        return new Send(
                room,
                importer,
                importersClientId(line),
                line.content(),
                line.sentAt(),
                new Origin(importer.id(), line.author()));
    }

    private Account account(ImportedLine line) {
        return line.username() == null ? null : accounts.get(key(line.username()));
    }

    /** Two people in a file may have used one client id; of one sender it is for one message. */
    private static String importersClientId(ImportedLine line) {
        return line.author() == null ? line.clientId() : "import-" + digest(line.author() + '\0' + line.clientId());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String digest(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
