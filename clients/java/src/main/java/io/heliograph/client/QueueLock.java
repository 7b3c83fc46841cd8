package io.heliograph.client;

import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Runs the work of each name one after the other, in the order of arrival. */
final class QueueLock implements SessionLock {

    private static final Map<ClientStorage, SessionLock> OF_STORAGES = new WeakHashMap<>();

    private final Map<String, CompletableFuture<?>> last = new ConcurrentHashMap<>();

    /** The lock of all clients of this program that share the storage. */
    static SessionLock of(ClientStorage storage) {
        synchronized (OF_STORAGES) {
            return OF_STORAGES.computeIfAbsent(storage, key -> new QueueLock());
        }
    }

    @Override
    public <T> CompletableFuture<T> run(String name, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        CompletableFuture<?> before = last.put(name, done);
        CompletableFuture<?> turn = before == null ? CompletableFuture.completedFuture(null) : before;
        CompletableFuture<T> result = turn.thenCompose(nothing -> work.get());
        result.whenComplete((value, failure) -> {
            last.remove(name, done);
            done.complete(null);
        });
        return result;
    }
}
