package io.heliograph.client;

/** An event of a client, not of one of its rooms. */
public sealed interface ClientEvent extends Event {

    /** The state of the connection has changed. */
    record StateChanged(ConnectionState state) implements ClientEvent {}

    /** An entry of the outbox is new, or changed. */
    record OutboxChanged(OutboxEntry entry) implements ClientEvent {}

    /** A message of the outbox is stored. */
    record Sent(Ack ack) implements ClientEvent {}

    /** The program has discarded a message of the outbox. */
    record Discarded(OutboxEntry entry) implements ClientEvent {}

    /** The client begins to connect for this user. */
    record SignedIn(Account account) implements ClientEvent {}

    /**
     * The user was signed out.
     *
     * @param reason {@code signed_out}, {@code revoked}, or the code of a refused renewal
     */
    record SignedOut(String reason) implements ClientEvent {}

    /** A failure that does not stop the client, such as a storage that cannot be written. */
    record Warning(RuntimeException failure) implements ClientEvent {}
}
