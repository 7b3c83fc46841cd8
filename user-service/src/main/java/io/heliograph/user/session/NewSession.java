package io.heliograph.user.session;

import java.util.List;
import java.util.UUID;

/** A session that was opened, and those of the same person that were ended for it. */
record NewSession(Session session, List<UUID> ended) {}
