// The members of a room by name, who can be mentioned.

const PAGE = 200;
/** In a larger room only the first members and the senders are known. */
const MAX_MEMBERS = 1_000;
/** Members come and go. */
const FRESH_MS = 60_000;
/** The limit of the server. */
const MAX_MENTIONS = 50;
const NAMED = /(?<![\p{L}\p{N}_.@-])@([\p{L}\p{N}_.-]{1,64})/gu;

/** The parts of a text: those at odd positions are names, such as `@ada`. */
export function namesIn(text) {
  return text.split(/((?<![\p{L}\p{N}_.@-])@[\p{L}\p{N}_.-]*[\p{L}\p{N}_])/u);
}

export class Members {
  #room;
  #me;
  /** @type {Map<string, {id: string, username: string, displayName: string}>} */
  #known = new Map();
  #loading = null;
  #loadedAt = -Infinity;

  /**
   * @param {import("/client/index.js").Room} room
   * @param {string} me the id of the reader, whom they do not mention themselves
   */
  constructor(room, me) {
    this.#room = room;
    this.#me = me;
  }

  /** Asks for them, unless that was done just now. Where they cannot be had, those count that are known. */
  load() {
    if (performance.now() - this.#loadedAt > FRESH_MS) {
      this.#loading ??= this.#load()
        .catch(() => {})
        .finally(() => (this.#loading = null));
    }
    return this.#loading ?? Promise.resolve();
  }

  /** Reads the members again after a mention was rejected. */
  forget() {
    this.#known.clear();
    this.#loadedAt = -Infinity;
    void this.load();
  }

  /** Adds a sender, or a user whose names have changed. */
  learn(user) {
    if (user.id !== this.#me && !user.deleted && (this.#known.has(user.id) || this.#known.size < 2 * MAX_MEMBERS)) {
      this.#known.set(user.id, user);
    }
  }

  /** The members in whose names a word begins with `text`; first those whose whole name begins with it. */
  beginningWith(text, limit) {
    const start = text.toLowerCase();
    const rank = ({ username, displayName }) => {
      const names = [username.toLowerCase(), (displayName ?? "").toLowerCase()];
      const begins = names.some((name) => name.startsWith(start));
      return begins ? 0 : names.some((name) => name.includes(` ${start}`)) ? 1 : 2;
    };
    return [...this.#known.values()]
      .map((user) => ({ user, rank: rank(user) }))
      .filter((found) => found.rank < 2)
      .sort((one, other) => one.rank - other.rank || one.user.username.localeCompare(other.user.username))
      .slice(0, limit)
      .map(({ user }) => user);
  }

  /** The ids of those whom a text names. */
  mentionedIn(text) {
    const byName = new Map([...this.#known.values()].map(({ id, username }) => [username.toLowerCase(), id]));
    const ids = [...text.matchAll(NAMED)]
      .map(([, name]) => name.toLowerCase())
      // A name at the end of a sentence.
      .map((name) => byName.get(name) ?? byName.get(name.replace(/[.-]+$/, "")))
      .filter(Boolean);
    return [...new Set(ids)].slice(0, MAX_MENTIONS);
  }

  async #load() {
    const found = [];
    let after;
    do {
      const { items, next } = await this.#room.members({ limit: PAGE, after });
      found.push(...items);
      after = next;
    } while (after && found.length < MAX_MEMBERS);
    if (!after) {
      this.#known.clear();
    }
    found.forEach(({ user }) => this.learn(user));
    this.#loadedAt = performance.now();
  }
}
