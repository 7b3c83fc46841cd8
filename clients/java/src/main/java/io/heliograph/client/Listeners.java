package io.heliograph.client;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The listeners, by the types of their events. */
final class Listeners {

    private static final System.Logger LOG = System.getLogger("io.heliograph.client");

    /** The same listener may be there twice, so that each entry equals only itself. */
    private static final class Entry<E> {

        private final Class<E> type;
        private final Consumer<? super E> listener;

        Entry(Class<E> type, Consumer<? super E> listener) {
            this.type = type;
            this.listener = listener;
        }

        void call(Event event) {
            if (type.isInstance(event)) {
                try {
                    listener.accept(type.cast(event));
                } catch (RuntimeException | Error failure) {
                    LOG.log(Level.ERROR, "a listener failed at " + event, failure);
                }
            }
        }
    }

    private final List<Entry<?>> entries = new CopyOnWriteArrayList<>();

    <E extends Event> ListenerRegistration add(Class<E> type, Consumer<? super E> listener) {
        Entry<E> entry = new Entry<>(type, listener);
        entries.add(entry);
        return () -> entries.remove(entry);
    }

    <E extends Event> CompletableFuture<E> next(Class<E> type) {
        CompletableFuture<E> next = new CompletableFuture<>();
        AtomicReference<ListenerRegistration> registration = new AtomicReference<>();
        registration.set(add(type, next::complete));
        next.whenComplete((event, failure) -> registration.get().close());
        return next;
    }

    boolean wants(Event event) {
        return entries.stream().anyMatch(entry -> entry.type.isInstance(event));
    }

    /** Calls all listeners, also if one of them fails. */
    void call(Event event) {
        entries.forEach(entry -> entry.call(event));
    }
}
