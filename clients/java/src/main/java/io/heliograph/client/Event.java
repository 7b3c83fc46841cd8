package io.heliograph.client;

/** An event that a client publishes to its listeners. */
public sealed interface Event permits RoomEvent, AccountEvent, ClientEvent {}
