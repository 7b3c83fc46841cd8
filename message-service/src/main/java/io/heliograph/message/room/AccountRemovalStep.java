package io.heliograph.message.room;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One step of removing a deleted account from its rooms.
 *
 * @param worked whether it removed a membership
 * @param removed the rooms removed with it
 * @param heirs by room, who owns it from now on because nobody else could
 */
record AccountRemovalStep(boolean worked, List<UUID> removed, Map<UUID, UUID> heirs) {

    static final AccountRemovalStep NONE = new AccountRemovalStep(false, List.of(), Map.of());
}
