package io.heliograph.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The entries of the outboxes of all users of a storage. */
final class OutboxStore {

    private final ClientStorage storage;
    private final String key;
    private final Consumer<RuntimeException> warn;

    OutboxStore(ClientStorage storage, String key, Consumer<RuntimeException> warn) {
        this.storage = storage;
        this.key = key;
        this.warn = warn;
    }

    /** The entries of this user, in the order in which they were written. */
    List<OutboxEntry> load(String user) {
        return storage.keys(prefix(user)).stream()
                .flatMap(each -> read(each).stream())
                .sorted(Comparator.comparingLong(OutboxEntry::order))
                .toList();
    }

    /** If the storage is full or broken, the message is sent anyway, but does not outlive the program. */
    void put(String user, OutboxEntry entry) {
        try {
            storage.put(prefix(user) + entry.clientId(), Json.write(entry));
        } catch (RuntimeException failure) {
            warn.accept(failure);
        }
    }

    void remove(String user, String clientId) {
        try {
            storage.remove(prefix(user) + clientId);
        } catch (RuntimeException failure) {
            warn.accept(failure);
        }
    }

    private Optional<OutboxEntry> read(String each) {
        return storage.get(each).flatMap(json -> Stream.of(json)
                .map(OutboxStore::parse)
                .filter(entry -> entry != null && entry.room() != null && entry.message() != null)
                .findFirst());
    }

    private static OutboxEntry parse(String json) {
        try {
            return Json.MAPPER.readValue(json, OutboxEntry.class);
        } catch (JsonProcessingException notOurs) {
            return null;
        }
    }

    private String prefix(String user) {
        return key + ":" + user + ":";
    }
}
