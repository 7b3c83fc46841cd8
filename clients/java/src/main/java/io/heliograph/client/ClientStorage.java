package io.heliograph.client;

import java.util.List;
import java.util.Optional;

/**
 * Stores the session and unsent messages, so that they outlive the program. Implementations must be safe for use by
 * several threads, must not call the client, and may take milliseconds at most, since {@link Room#send} stores before
 * it returns. They contain tokens, so they are as confidential as a password.
 */
public interface ClientStorage {

    Optional<String> get(String key);

    /** Replaces the value of the key, entirely or not at all. */
    void put(String key, String value);

    void remove(String key);

    /** The keys that begin with {@code prefix}, in any order. */
    List<String> keys(String prefix);
}
