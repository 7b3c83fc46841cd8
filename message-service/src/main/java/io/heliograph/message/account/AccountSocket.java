package io.heliograph.message.account;

/** A connection of a user. */
public interface AccountSocket {

    /** Sends the event. Called from any thread; must not block. */
    void send(AccountEvent event);
}
