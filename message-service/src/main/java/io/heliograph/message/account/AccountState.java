package io.heliograph.message.account;

import java.util.List;

/** Memberships of a user as they are stored, with the number of the latest change of one. */
record AccountState(long rev, List<MembershipState> memberships) {}
