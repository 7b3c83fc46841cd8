package io.heliograph.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets one client at a time renew a session that several share. Without a lock they depend on the server, which returns
 * the same tokens again for a refresh token that is repeated within 30 s.
 */
@FunctionalInterface
public interface SessionLock {

    /** Runs {@code work} while no other work of this name runs, and returns its result. */
    <T> CompletableFuture<T> run(String name, Supplier<CompletableFuture<T>> work);

    /** Runs all work without a lock. */
    static SessionLock none() {
        return new SessionLock() {
            @Override
            public <T> CompletableFuture<T> run(String name, Supplier<CompletableFuture<T>> work) {
                return work.get();
            }
        };
    }
}
