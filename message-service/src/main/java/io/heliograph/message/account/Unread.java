package io.heliograph.message.account;

/** What is unread for one member; {@code mentions} are those of the messages that mention the member. */
record Unread(int messages, int mentions) {}
