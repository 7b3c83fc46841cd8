package io.heliograph.client;

/** What a client publishes to its listeners. */
public sealed interface Event permits RoomEvent, AccountEvent, ClientEvent {}
