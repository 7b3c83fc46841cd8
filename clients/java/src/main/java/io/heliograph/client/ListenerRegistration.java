package io.heliograph.client;

/** Ends the calls of a listener. */
@FunctionalInterface
public interface ListenerRegistration extends AutoCloseable {

    /** After this the listener is called at most for the event that is being delivered. */
    @Override
    void close();
}
