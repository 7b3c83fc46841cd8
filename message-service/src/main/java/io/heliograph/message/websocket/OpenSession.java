package io.heliograph.message.websocket;

/** A session as the registry of this replica uses it. Thread-safe. */
interface OpenSession {

    /** Closes the session if its caller has been revoked. */
    void recheck();

    /** Asks the client to reconnect to another replica. */
    void announceDrain();

    /** Closes the session because of the drain. */
    void drain();

    /** The bytes that are queued for the client. */
    long outboundBytes();
}
