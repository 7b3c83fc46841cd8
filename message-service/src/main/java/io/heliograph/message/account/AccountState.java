package io.heliograph.message.account;

import java.util.List;

/** The stored memberships of a user, and the number of their latest change. */
record AccountState(long rev, List<MembershipState> memberships) {}
