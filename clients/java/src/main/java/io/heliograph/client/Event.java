package io.heliograph.client;

/** What a client tells its listeners. */
public sealed interface Event permits RoomEvent, AccountEvent, ClientEvent {}
