package io.heliograph.user.account.bulk;

/** The result of a batch, and whether an earlier request has done the work. */
record BatchAnswer(BatchResult result, boolean isRepeated) {}
