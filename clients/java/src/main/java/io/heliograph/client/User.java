package io.heliograph.client;

/**
 * A user with the names that others see. Compare users by {@code id}, since names may change.
 *
 * @param deleted whether the account was deleted, and only its messages are left
 * @param bot whether it is a service account
 */
public record User(String id, String username, String displayName, boolean deleted, boolean bot) {}
