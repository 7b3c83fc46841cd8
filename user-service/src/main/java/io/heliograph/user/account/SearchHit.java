package io.heliograph.user.account;

/** An account that a search found, and where. */
record SearchHit(Account account, SearchCursor place) {}
