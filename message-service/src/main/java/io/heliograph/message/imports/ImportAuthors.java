package io.heliograph.message.imports;

import io.heliograph.message.imports.ImportRepository.Account;
import io.heliograph.message.job.JobExecution;
import io.heliograph.message.message.ImportAttribution;
import io.heliograph.message.message.MessageAttributes;
import io.heliograph.message.message.Sender;
import io.heliograph.message.message.send.NewMessage;
import io.heliograph.message.profile.AddressDirectory;
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
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Determines the senders of the messages of one import. An author is the sender if the file has the username of a member of
 * the room, or the e-mail address of one if the importing user may look up addresses. Otherwise the importing user is the
 * sender, and the message names the author. Used by one thread.
 */
final class ImportAuthors {

    /** Names and addresses whose accounts are cached, at some 300 bytes each. */
    private static final int KNOWN_NAMES = 5_000;

    private final ImportRepository repository;
    private final JobExecution execution;
    private final UUID room;
    private final Sender importer;
    private final Optional<AddressDirectory> addresses;
    /** By username or address. An address contains an @, a username does not. */
    private final Map<String, Account> accounts = new HashMap<>();

    private final Set<String> looked = new HashSet<>();

    /** @param addresses whether accounts are also found by their e-mail addresses */
    ImportAuthors(
            ImportRepository repository,
            JobExecution execution,
            UUID room,
            Sender importer,
            Optional<AddressDirectory> addresses) {
        this.repository = repository;
        this.execution = execution;
        this.room = room;
        this.importer = importer;
        this.addresses = addresses;
    }

    /** Looks up the accounts of these authors for the other methods. Blocks. */
    void lookUp(List<WaitingLine> lines) throws Exception {
        if (looked.size() > KNOWN_NAMES) {
            looked.clear();
            accounts.clear();
        }
        List<String> names = unknown(lines, ImportedLine::username);
        if (!names.isEmpty()) {
            for (Account account : execution.await(repository.accountsByName(room, names))) {
                accounts.put(account.name(), account);
            }
        }
        if (addresses.isPresent()) {
            lookUpAddresses(addresses.get(), unknown(lines, ImportedLine::address));
        }
    }

    private void lookUpAddresses(AddressDirectory directory, List<String> unknown) throws Exception {
        Map<String, UUID> ids = new HashMap<>();
        for (int from = 0; from < unknown.size(); from += AddressDirectory.ADDRESSES_AT_ONCE) {
            int to = Math.min(unknown.size(), from + AddressDirectory.ADDRESSES_AT_ONCE);
            ids.putAll(execution.await(directory.find(unknown.subList(from, to))));
        }
        if (!ids.isEmpty()) {
            Map<UUID, Account> found = execution.await(repository.accountsById(room, ids.values())).stream()
                    .collect(Collectors.toMap(account -> account.sender().id(), Function.identity()));
            ids.forEach((address, id) -> accounts.put(address, found.get(id)));
        }
    }

    /** The names of these authors that have not been looked up yet. */
    private List<String> unknown(List<WaitingLine> lines, Function<ImportedLine, String> name) {
        return lines.stream()
                .map(each -> name.apply(each.line()))
                .filter(each -> each != null && looked.add(key(each)))
                .toList();
    }

    /**
     * The lines among these that are stored with another sender than they would have now: an author may have joined the
     * room since an earlier import, or left it. Blocks.
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
        // Compared by identity, because comparing contents is not needed.
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
                        MessageAttributes.of(line.metadata(), null, null),
                        line.sentAt(),
                        new ImportAttribution(importer.id(), null));
    }

    NewMessage sendAsImporter(ImportedLine line) {
        return new NewMessage(
                room,
                importer,
                importersClientId(line),
                line.content(),
                MessageAttributes.of(line.metadata(), null, null),
                line.sentAt(),
                new ImportAttribution(importer.id(), line.author()));
    }

    boolean isImporter(Sender sender) {
        return sender.id().equals(importer.id());
    }

    /** An address takes precedence over a name, which may belong to another user here. */
    private Account account(ImportedLine line) {
        Account addressed = line.address() == null ? null : accounts.get(key(line.address()));
        return addressed != null || line.username() == null ? addressed : accounts.get(key(line.username()));
    }

    /** Two authors in a file may have used the same client id, which must be unique for a sender. */
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
