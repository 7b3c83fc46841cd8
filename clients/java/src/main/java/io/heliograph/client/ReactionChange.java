package io.heliograph.client;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody's reaction to a message came or went.
 *
 * @param isMine whether it is that of the caller
 * @param count how many people react with this emoji now
 */
record ReactionChange(long seq, long rev, String emoji, int count, boolean isMine, boolean added) {

    Message applyTo(Message message) {
        List<Reaction> reactions = new ArrayList<>();
        boolean isKnown = false;
        for (Reaction reaction : message.reactions()) {
            boolean isThis = reaction.emoji().equals(emoji);
            isKnown |= isThis;
            reactions.add(isThis ? changed(reaction.mine()) : reaction);
        }
        if (!isKnown) {
            reactions.add(changed(false));
        }
        reactions.removeIf(reaction -> reaction.count() == 0);
        return message.with(rev, reactions);
    }

    private Reaction changed(boolean wasMine) {
        return new Reaction(emoji, count, isMine ? added : wasMine);
    }
}
