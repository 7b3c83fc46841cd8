package io.heliograph.user.account;

/** An account that a search found, and its cursor. */
record SearchHit(Account account, SearchCursor place) {}
