package io.heliograph.client;

import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets one client at a time renew a session that several share. Without it the server's forgiveness is left, which gives
 * whoever repeats a refresh token within 30 s the same tokens again.
 */
@FunctionalInterface
public interface SessionLock {

    /** Runs {@code work} while no other work of this name runs, and gives its result. */
    <T> CompletableFuture<T> run(String name, Supplier<CompletableFuture<T>> work);

    /** None. */
    static SessionLock none() {
        return new SessionLock() {
            @Override
            public <T> CompletableFuture<T> run(String name, Supplier<CompletableFuture<T>> work) {
                return work.get();
            }
        };
    }
}
