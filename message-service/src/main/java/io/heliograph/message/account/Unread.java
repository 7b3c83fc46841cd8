package io.heliograph.message.account;

/** The number of unread messages of one member, and how many of these mention the member. */
record Unread(int messages, int mentions) {}
