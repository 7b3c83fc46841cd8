package io.heliograph.message.account;

/** A connection of a user. */
public interface AccountSocket {

    /** From any thread; must not block. */
    void tell(AccountEvent event);
}
