package io.heliograph.message.imports;

import io.heliograph.message.imports.ImportRepository.Account;
import io.heliograph.message.imports.ImportRepository.WaitingLine;
import io.heliograph.message.job.JobExecution;
import io.heliograph.message.message.ImportAttribution;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.send.NewMessage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Who sends the messages of one import. An author who is named by their username and is in the room is the sender; of all
 * others it is who imports, and the message names the author. Used by one thread.
 */
final class ImportAuthors {

    /** Names of which it is remembered who they are, some 300 bytes each. */
    private static final int KNOWN_NAMES = 5_000;

    private final ImportRepository repository;
    private final JobExecution execution;
    private final UUID room;
    private final Sender importer;
    private final Map<String, Account> accounts = new HashMap<>();
    private final Set<String> looked = new HashSet<>();

    ImportAuthors(ImportRepository repository, JobExecution execution, UUID room, Sender importer) {
        this.repository = repository;
        this.execution = execution;
        this.room = room;
        this.importer = importer;
    }

    /** Finds the accounts of these authors, for the other methods. Blocks. */
    void lookUp(List<WaitingLine> lines) throws Exception {
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
     * Those of these that are stored under another sender than they would be now: an author who was not in the room at an
     * earlier import may have come since, or left. Blocks.
     */
    Set<WaitingLine> storedOtherwise(List<WaitingLine> lines) throws Exception {
        List<WaitingLine> doubtful =
                lines.stream().filter(each -> account(each.line()) != null).toList();
        if (doubtful.isEmpty()) {
            return Set.of();
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
        // Each is itself: to compare their contents is of no use.
        Set<WaitingLine> stored = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int place : execution.await(repository.known(room, senders, clientIds))) {
            stored.add(doubtful.get(place));
        }
        return stored;
    }

    NewMessage send(ImportedLine line) {
        Account account = account(line);
        return account == null || !account.member()
                ? sendAsImporter(line)
                : new NewMessage(
                        room,
                        account.sender(),
                        line.clientId(),
                        line.content(),
                        line.sentAt(),
                        new ImportAttribution(importer.id(), null));
    }

    NewMessage sendAsImporter(ImportedLine line) {
        return new NewMessage(
                room,
                importer,
                importersClientId(line),
                line.content(),
                line.sentAt(),
                new ImportAttribution(importer.id(), line.author()));
    }

    boolean isImporter(Sender sender) {
        return sender.id().equals(importer.id());
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
