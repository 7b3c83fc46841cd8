// The part of a room's history that this client knows, joined from pages and live messages.

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").RoomEvents["reaction"]} ReactionEvent
 */

/** Changes of messages that are not known yet, kept for a page that was read before they happened. */
const MAX_PENDING_CHANGES = 1_000;

/**
 * All messages from `floor` on, in the order of `seq`. Of two states of a message the one with the higher `rev` is
 * newer, whatever its source; so pages and live changes may arrive in any order.
 */
export class Timeline {
  /** @type {Message[]} */
  #messages = [];
  /** Changes of messages below the floor, by seq. @type {Map<number, (Message | ReactionEvent)[]>} */
  #pendingChanges = new Map();
  #pendingCount = 0;
  /** The lowest seq that is known or will arrive live; undefined before the first join. @type {number | undefined} */
  floor;
  #max;

  /** @param {number} max the number of messages that are kept */
  constructor(max) {
    this.#max = max;
  }

  /** @returns {readonly Message[]} the oldest first */
  get messages() {
    return this.#messages;
  }

  /** @param {number} seq */
  find(seq) {
    const index = this.#index(seq);
    return this.#messages[index]?.seq === seq ? this.#messages[index] : undefined;
  }

  /**
   * Adds a live message. Returns its current state.
   *
   * @param {Message} message
   * @param {boolean} isNew whether it was sent since the room was joined
   * @param {string | undefined} me
   */
  put(message, isNew, me) {
    if (this.floor === undefined || message.seq < this.floor) {
      const isNext = this.#messages.length === 0 || message.seq + 1 === this.floor;
      if (!isNew || !isNext) {
        this.#keepPending(message);
        return message;
      }
      this.floor = message.seq;
    }
    const merged = this.#insert(message, me);
    if (this.#messages.length > this.#max) {
      this.#messages.shift();
      this.floor = this.#messages[0].seq;
    }
    return merged;
  }

  /**
   * Applies a reaction of a user.
   *
   * @param {ReactionEvent} event
   * @param {string | undefined} me
   */
  react(event, me) {
    const message = this.find(event.seq);
    if (!message) {
      this.#keepPending(event);
    } else if (event.rev > message.rev) {
      this.#messages[this.#index(event.seq)] = reacted(message, event, me);
    }
  }

  /**
   * Applies a response to the caller, which has more data than the frame for all users.
   *
   * @param {Message} message
   */
  learn(message) {
    const known = this.find(message.seq);
    if (!known) {
      this.#keepPending(message);
    } else if (message.rev >= known.rev) {
      this.#messages[this.#index(message.seq)] = message;
    }
  }

  /**
   * Adds a page of the history, newest first, that ends right below the floor.
   *
   * @param {Message[]} page
   * @param {string | undefined} me
   */
  prepend(page, me) {
    const older = page.map((message) => this.#caughtUp(message, me)).reverse();
    this.#messages.unshift(...older);
    this.floor = older[0]?.seq ?? this.floor;
    return older;
  }

  clear() {
    this.#messages = [];
    this.#pendingChanges.clear();
    this.#pendingCount = 0;
    this.floor = undefined;
  }

  /**
   * @param {Message} message
   * @param {string | undefined} me
   */
  #insert(message, me) {
    const index = this.#index(message.seq);
    const known = this.#messages[index];
    if (known?.seq !== message.seq) {
      this.#messages.splice(index, 0, this.#caughtUp(message, me));
    } else if (message.rev > known.rev) {
      this.#messages[index] = withMine(message, known);
    }
    return this.#messages[index];
  }

  /**
   * The message with all changes that arrived before it was known.
   *
   * @param {Message} message
   * @param {string | undefined} me
   */
  #caughtUp(message, me) {
    let current = message;
    for (const change of this.#pendingChanges.get(message.seq) ?? []) {
      if (!("emoji" in change)) {
        current = change.rev >= current.rev ? withMine(change, current) : current;
      } else if (change.rev > current.rev) {
        current = reacted(current, change, me);
      }
    }
    this.#forget(message.seq);
    return current;
  }

  /** @param {Message | ReactionEvent} change */
  #keepPending(change) {
    const changes = this.#pendingChanges.get(change.seq) ?? [];
    changes.push(change);
    this.#pendingChanges.set(change.seq, changes);
    if (++this.#pendingCount > MAX_PENDING_CHANGES) {
      this.#forget(/** @type {number} */ (this.#pendingChanges.keys().next().value));
    }
  }

  /** @param {number} seq */
  #forget(seq) {
    this.#pendingCount -= this.#pendingChanges.get(seq)?.length ?? 0;
    this.#pendingChanges.delete(seq);
  }

  /**
   * The index at which a message of this seq is, or would be: usually at the end.
   *
   * @param {number} seq
   */
  #index(seq) {
    let low = 0;
    let high = this.#messages.length;
    if (high > 0 && this.#messages[high - 1].seq < seq) {
      return high;
    }
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#messages[middle].seq < seq) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/**
 * Keeps the caller's own reactions, which frames do not mark, because they are the same for all users.
 *
 * @param {Message} message
 * @param {Message} known
 * @returns {Message}
 */
function withMine(message, known) {
  const mine = new Set(known.reactions.filter((reaction) => reaction.mine).map(({ emoji }) => emoji));
  const reactions = message.reactions.map((reaction) =>
    mine.has(reaction.emoji) ? { ...reaction, mine: true } : reaction,
  );
  return { ...message, reactions };
}

/**
 * @param {Message} message
 * @param {ReactionEvent} event
 * @param {string | undefined} me
 * @returns {Message}
 */
function reacted(message, { rev, emoji, count, user, added }, me) {
  const known = message.reactions.find((reaction) => reaction.emoji === emoji);
  const mine = user.id === me ? added : known?.mine;
  const reaction = { emoji, count, ...(mine && { mine }) };
  const reactions = known
    ? message.reactions.map((each) => (each === known ? reaction : each))
    : [...message.reactions, reaction];
  return { ...message, rev, reactions: reactions.filter(({ count }) => count > 0) };
}
