package io.heliograph.client;

/** Who is signed in, as the access token has it. */
public record Account(String id, String username) {}
