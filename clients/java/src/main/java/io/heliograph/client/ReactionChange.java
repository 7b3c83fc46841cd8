package io.heliograph.client;

import java.util.ArrayList;
import java.util.List;

/**
 * A user has added a reaction to a message, or removed it.
 *
 * @param isMine whether the user is the caller
 * @param count the number of users who react with this emoji now
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
