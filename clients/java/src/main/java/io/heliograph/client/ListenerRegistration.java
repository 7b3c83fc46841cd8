package io.heliograph.client;

/** Ends the calls of a listener. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** Removes the listener; it may still get the event that is being delivered. */
    @Override
    void close();
}
