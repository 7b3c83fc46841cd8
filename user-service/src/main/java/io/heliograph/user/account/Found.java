package io.heliograph.user.account;

/** An account that a search found, and where. */
record Found(Account account, SearchPlace place) {}
