// The state of a message after a change, and the titles of messages and rooms.

/** Keeps the reader's own reactions, which changes do not mark, because they are the same for all users. */
export function merged(message, known) {
  const mine = new Set(known.reactions.filter((reaction) => reaction.mine).map(({ emoji }) => emoji));
  const reactions = message.reactions.map((reaction) => (mine.has(reaction.emoji) ? { ...reaction, mine: true } : reaction));
  return { ...message, reactions };
}

/** The message after a reaction was added or removed. */
export function reacted(message, { rev, emoji, count, user, added }, me) {
  const known = message.reactions.find((reaction) => reaction.emoji === emoji);
  const mine = user.id === me ? added : known?.mine;
  const reaction = { emoji, count, ...(mine && { mine }) };
  const reactions = known
    ? message.reactions.map((each) => (each === known ? reaction : each))
    : [...message.reactions, reaction];
  return { ...message, rev, reactions: reactions.filter((each) => each.count > 0) };
}

/** The author of an imported message is a claim of the file. */
export function authorOf({ sender, imported }) {
  return imported?.author ?? sender.displayName ?? sender.username;
}

const DELETED_BY = {
  owner: "An owner of the room deleted this message",
  moderator: "A moderator deleted this message",
  retention: "This message is older than messages are kept",
};

/** The text in place of a deleted message. */
export function deletionOf({ deletion }) {
  const text = DELETED_BY[deletion?.by] ?? "This message was deleted";
  return deletion?.reason ? `${text}: ${deletion.reason}` : `${text}.`;
}

/** A message as one line. */
export function summaryOf(message) {
  return message.deletedAt ? "Message deleted" : message.content.replace(/\s+/gu, " ").slice(0, 200);
}

/** A direct room is called as the other person; undefined where that is not known yet. */
export function nameOfRoom(info) {
  return info?.name ?? info?.with?.displayName ?? info?.with?.username;
}
