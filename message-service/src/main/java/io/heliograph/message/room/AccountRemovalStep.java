package io.heliograph.message.room;

import java.util.List;
import java.util.UUID;

/** One step of removing a deleted account from its rooms: whether it removed a membership, and the rooms removed with it. */
record AccountRemovalStep(boolean worked, List<UUID> removed) {

    static final AccountRemovalStep NONE = new AccountRemovalStep(false, List.of());
}
