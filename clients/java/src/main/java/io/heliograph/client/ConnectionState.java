package io.heliograph.client;

import java.time.Duration;
import java.util.OptionalInt;

/** The state of the connection of a client. */
public sealed interface ConnectionState {

    /** It is being opened. */
    record Connecting() implements ConnectionState {}

    /** It is open, and the server has welcomed it. */
    record Live() implements ConnectionState {}

    /** It is opened again after this time. */
    record Waiting(Duration retryIn) implements ConnectionState {}

    /**
     * It is closed until {@link HeliographClient#connect()}.
     *
     * @param reason {@code closed} by the program, {@code signed_out}, or the reason of the server: {@code
     *     unauthenticated}, {@code revoked}, {@code forbidden}, {@code protocol_abuse}, {@code refused}, or the code of
     *     a rejected renewal
     * @param code the close code of the server, if there is one
     */
    record Stopped(String reason, OptionalInt code) implements ConnectionState {}
}
