package io.heliograph.client;

import java.util.Set;
import java.util.stream.Collectors;

/** Tracks the caller's own reactions: frames are the same for all users, so they do not have this information. */
final class Reactions {

    private Reactions() {}

    /** The later state of a message, with the caller's reactions of the earlier one. */
    static Message keepMine(Message later, Message known) {
        Set<String> mine = known.reactions().stream()
                .filter(Reaction::mine)
                .map(Reaction::emoji)
                .collect(Collectors.toSet());
        return later.with(
                later.rev(),
                later.reactions().stream()
                        .map(reaction -> mine.contains(reaction.emoji())
                                ? new Reaction(reaction.emoji(), reaction.count(), true)
                                : reaction)
                        .toList());
    }
}
