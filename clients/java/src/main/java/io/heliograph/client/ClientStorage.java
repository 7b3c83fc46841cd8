package io.heliograph.client;

import java.util.List;
import java.util.Optional;

/**
 * Where the session and unsent messages outlive the program. Implementations are safe for use by several threads, do not
 * call the client, and take milliseconds at most, since {@link Room#send} stores before it returns. They hold tokens,
 * so they are as confidential as a password.
 */
public interface ClientStorage {

    Optional<String> get(String key);

    /** Keeps this value in place of any other under the key, entirely or not at all. */
    void put(String key, String value);

    void remove(String key);

    /** The keys that begin with {@code prefix}, in any order. */
    List<String> keys(String prefix);
}
