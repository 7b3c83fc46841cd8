package io.heliograph.client;

import java.time.Duration;
import java.util.OptionalInt;

/** What the connection of a client is doing. */
public sealed interface ConnectionState {

    /** It is being opened. */
    record Connecting() implements ConnectionState {}

    /** It is open, and the server has welcomed it. */
    record Live() implements ConnectionState {}

    /** It is opened again after this time. */
    record Waiting(Duration retryIn) implements ConnectionState {}

    /**
     * It stays away until {@link HeliographClient#connect()}.
     *
     * @param reason {@code closed} by the program, {@code signed_out}, or why the server refuses: {@code unauthenticated},
     *     {@code revoked}, {@code forbidden}, {@code protocol_abuse}, {@code refused}, or the code of a refused renewal
     * @param code that the server closed the connection with, if it did
     */
    record Stopped(String reason, OptionalInt code) implements ConnectionState {}
}
