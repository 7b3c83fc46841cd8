package io.heliograph.client;

/** The user who is signed in, by the access token. */
public record Account(String id, String username) {}
