package io.heliograph.client;

/**
 * An account to be registered.
 *
 * @param displayName null for the username
 */
public record NewAccount(String username, String email, String password, String displayName) {}
