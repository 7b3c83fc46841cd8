package io.heliograph.client;

/** What happens to a client, not to one of its rooms. */
public sealed interface ClientEvent extends Event {

    /** The connection does something else now. */
    record StateChanged(ConnectionState state) implements ClientEvent {}

    /** An entry of the outbox is new, or changed. */
    record OutboxChanged(OutboxEntry entry) implements ClientEvent {}

    /** A message of the outbox is stored. */
    record Sent(Ack ack) implements ClientEvent {}

    /** A message of the outbox was given up by the program. */
    record Discarded(OutboxEntry entry) implements ClientEvent {}

    /** The client begins to connect for this person. */
    record SignedIn(Account account) implements ClientEvent {}

    /**
     * Nobody is signed in any more.
     *
     * @param reason {@code signed_out}, {@code revoked}, or the code of a refused renewal
     */
    record SignedOut(String reason) implements ClientEvent {}

    /** Something is wrong that stops nothing, such as a storage that cannot be written. */
    record Warning(RuntimeException failure) implements ClientEvent {}
}
