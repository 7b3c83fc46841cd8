package io.heliograph.user.account;

/** An account with the hash of its password, which is null if it has none and goes nowhere but to the check. */
public record Credentials(Account account, String passwordHash) {}
