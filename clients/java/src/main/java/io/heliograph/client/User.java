package io.heliograph.client;

/**
 * Somebody by the names that others see. Compare people by {@code id}, since names may change.
 *
 * @param deleted whether the account is gone, and only its messages are left
 * @param bot whether it is a service account
 */
public record User(String id, String username, String displayName, boolean deleted, boolean bot) {}
