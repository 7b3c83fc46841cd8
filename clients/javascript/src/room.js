// A room as one client sees it.

import { Emitter } from "./emitter.js";
import { HeliographError, isTransient, ofFrame } from "./errors.js";
import { Backoff, later, pause } from "./time.js";
import { Timeline } from "./timeline.js";

/** The shortest time between two typing events. */
const TYPING_MS = 1_000;
/** Attempts at a page: one from a replica that is behind is requested again. */
const PAGE_ATTEMPTS = 5;
const PAGE_PAUSE_MS = 200;

/**
 * @typedef {import("./types.js").Message} Message
 * @typedef {import("./types.js").RoomEvents} RoomEvents
 * @typedef {import("./connection.js").Frame} Frame
 */

/**
 * @typedef {object} RoomHost
 * @property {import("./connection.js").Connection} connection
 * @property {import("./outbox.js").Outbox} outbox
 * @property {(method: string, path: string, options?: import("./http.js").CallOptions) => Promise<any>} request
 * @property {() => string | undefined} me
 * @property {{baseMs?: number, maxMs?: number}} [backoff]
 * @property {number} maxMessages
 * @property {(name: keyof RoomEvents, event: any) => void} event
 */

/** @extends {Emitter<RoomEvents>} */
export class Room extends Emitter {
  /** @type {RoomHost} */
  #host;
  #timeline;
  #backoff;
  /** The rev of the last processed change. @type {number | undefined} */
  #rev;
  #subscribed = false;
  #joining = false;
  /** @type {{promise: Promise<void>, resolve: () => void, reject: (failure: Error) => void} | null} */
  #joined = null;
  /** @type {Promise<Message[]> | null} */
  #loading = null;
  #lastSeq = 0;
  #readSeq = 0;
  /** The mark that the caller has set and the server has not confirmed yet. */
  #wantedSeq = 0;
  #reading = false;
  /** Messages after the read mark that are not unread: the caller's own and deleted ones. @type {Set<number>} */
  #skipped = new Set();
  /** The counts of the server, with this mark and up to this message. */
  #count = { readSeq: -1, lastSeq: 0, unread: 0 };
  #typedAt = -Infinity;

  /**
   * The data of the room in the last list that had it.
   *
   * @type {import("./types.js").RoomInfo | undefined}
   */
  info;
  /** The number of users online. */
  online = 0;
  /** The number of unread messages that mention the caller, as far as the server has counted. */
  mentions = 0;
  /** Counts the moves of the read mark. @internal */
  marks = 0;

  /**
   * @param {string} id
   * @param {RoomHost} host
   */
  constructor(id, host) {
    super();
    this.id = id;
    this.#host = host;
    this.#timeline = new Timeline(host.maxMessages);
    this.#backoff = new Backoff(host.backoff);
  }

  /** The loaded history and all later messages, without a gap, oldest first. */
  get messages() {
    return this.#timeline.messages;
  }

  /** Whether the history is loaded from its beginning. */
  get isComplete() {
    return this.#timeline.floor !== undefined && this.#timeline.floor <= 1;
  }

  /** The rev of the last processed change, after which a later `subscribe` may begin. */
  get rev() {
    return this.#rev;
  }

  get lastSeq() {
    return this.#lastSeq;
  }

  get readSeq() {
    return Math.max(this.#readSeq, this.#wantedSeq);
  }

  /** The number of messages of others after the read mark; 1,000 stands for 1,000 or more. */
  get unread() {
    const { readSeq } = this;
    const isCounted = readSeq === this.#count.readSeq;
    const from = isCounted ? Math.max(this.#count.lastSeq, readSeq) : readSeq;
    const skipped = [...this.#skipped].filter((seq) => seq > from).length;
    return Math.max(0, (isCounted ? this.#count.unread : 0) + this.#lastSeq - from - skipped);
  }

  /** The messages to this room that are not stored yet. */
  get pending() {
    return this.#host.outbox.entries(this.id);
  }

  /**
   * Follows the room: from its current end, or after the change with the number `after`. Resolves when it is live, and
   * rejects if it cannot be followed. After a loss of the connection it continues at the last processed change.
   *
   * @param {{after?: number}} [options]
   * @returns {Promise<void>}
   */
  subscribe({ after } = {}) {
    if (after !== undefined && !this.#subscribed && this.messages.length === 0) {
      this.#rev = after;
      this.#timeline.floor = undefined;
    }
    if (!this.#joined) {
      let resolve = () => {};
      /** @type {(failure: Error) => void} */
      let reject = () => {};
      /** @type {Promise<void>} */
      const promise = new Promise((resolved, rejected) => {
        resolve = resolved;
        reject = rejected;
      });
      promise.catch(() => {});
      this.#joined = { promise, resolve, reject };
    }
    this.#subscribed = true;
    this.#join();
    return this.#joined.promise;
  }

  /** Stops following; another `subscribe` continues from here. */
  unsubscribe() {
    this.#end(new HeliographError("unsubscribed", "The room is not followed any more."));
    this.#host.connection.request({ type: "leave", room: this.id }, () => {});
  }

  /**
   * Loads an older page of the history, and returns it, oldest first; empty at the beginning of the history.
   *
   * @param {number} [limit]
   * @returns {Promise<Message[]>}
   */
  older(limit = 50) {
    this.#loading ??= this.#older(limit).finally(() => {
      this.#loading = null;
    });
    return this.#loading;
  }

  /**
   * Sends a message until it is acknowledged, and resolves then; rejects, and keeps the message in the outbox, if the
   * server rejects it.
   *
   * @param {string} content
   * @param {{clientId?: string} & import("./types.js").Attributes} [options]
   */
  send(content, { clientId = newId(), ...attributes } = {}) {
    return this.#host.outbox.add(this.id, content, clientId, attributes);
  }

  /**
   * Changes the content of a message, its metadata, or both; null removes the metadata.
   *
   * @param {number} seq
   * @param {string | {content?: string, metadata?: Record<string, unknown> | null}} change
   * @returns {Promise<Message>}
   */
  edit(seq, change) {
    return this.#changed("PATCH", `/messages/${seq}`, typeof change === "string" ? { content: change } : change);
  }

  /** @returns {Promise<void>} */
  delete(/** @type {number} */ seq) {
    return this.#request("DELETE", `/messages/${seq}`);
  }

  /** @returns {Promise<Message>} */
  react(/** @type {number} */ seq, /** @type {string} */ emoji) {
    return this.#changed("PUT", `/messages/${seq}/reactions/${encodeURIComponent(emoji)}`);
  }

  /** @returns {Promise<Message>} */
  unreact(/** @type {number} */ seq, /** @type {string} */ emoji) {
    return this.#changed("DELETE", `/messages/${seq}/reactions/${encodeURIComponent(emoji)}`);
  }

  /**
   * Moves the read mark of the caller, by default to the end.
   *
   * @param {number} [seq]
   */
  markRead(seq = this.#lastSeq) {
    if (seq > this.readSeq) {
      this.#wantedSeq = seq;
      this.#counted();
      this.#sendMark();
    }
  }

  /**
   * Moves the read mark of the caller back, so that this message and those after it are unread.
   *
   * @param {number} seq
   */
  async markUnread(seq) {
    const mark = await this.#request("PUT", "/read", { seq: seq - 1, force: true });
    this.#marked({ ...mark, forced: true });
  }

  /**
   * The read marks of the members, in a room of up to 500 members.
   *
   * @param {{limit?: number, after?: string}} [options]
   * @returns {Promise<import("./types.js").Page<{user: import("./types.js").User, seq: number}>>}
   */
  reads(options) {
    return this.#request("GET", `/reads${query(options)}`);
  }

  /** Shows the other members that the caller is typing; may be called at each key. */
  typing() {
    const at = performance.now();
    if (at - this.#typedAt >= TYPING_MS) {
      this.#typedAt = at;
      this.#host.connection.send({ type: "typing", room: this.id });
    }
  }

  /**
   * Publishes an event of the program to all who follow the room now, or drops it without a connection.
   *
   * @param {string} name 1 to 64 letters, digits or . _ : -
   * @param {unknown} [data] JSON of at most 4,096 bytes
   */
  publish(name, data) {
    this.#host.connection.send({ type: "event", room: this.id, name, data });
  }

  /**
   * @param {{limit?: number, after?: string}} [options]
   * @returns {Promise<import("./types.js").Page<import("./types.js").Member>>}
   */
  members(options) {
    return this.#request("GET", `/members${query(options)}`);
  }

  /**
   * The users online.
   *
   * @param {{limit?: number, after?: string}} [options]
   * @returns {Promise<import("./types.js").Page<{user: import("./types.js").User, since: string}> & {online: number}>}
   */
  presence(options) {
    return this.#request("GET", `/presence${query(options)}`);
  }

  /**
   * Becomes a member.
   *
   * @returns {Promise<import("./types.js").Member>}
   */
  join() {
    return this.addMember(/** @type {string} */ (this.#host.me()));
  }

  /** Ends the membership. */
  async leave() {
    await this.removeMember(/** @type {string} */ (this.#host.me()));
    this.unsubscribe();
  }

  /**
   * @param {string} user
   * @param {"owner" | "member"} [role]
   */
  addMember(user, role) {
    return this.#request("PUT", `/members/${user}`, { role });
  }

  /** @returns {Promise<void>} */
  removeMember(/** @type {string} */ user) {
    return this.#request("DELETE", `/members/${user}`);
  }

  /**
   * Applies the data of a list. Data that have arrived live since then are newer.
   *
   * @internal
   * @param {import("./types.js").RoomInfo} info
   * @param {number} [marks] the value at the time of the request of the list
   */
  learn(info, marks) {
    this.info = info;
    this.online = info.online ?? this.online;
    this.#lastSeq = Math.max(this.#lastSeq, info.lastSeq);
    const { readSeq = 0, lastSeq, unread } = info;
    this.#readSeq = marks === this.marks ? readSeq : Math.max(this.#readSeq, readSeq);
    if (unread !== undefined) {
      this.#count = { readSeq, lastSeq, unread };
      this.mentions = info.mentions ?? 0;
    }
    if (this.#rev === undefined || (!this.#subscribed && this.messages.length === 0)) {
      this.#rev = info.rev;
      this.#timeline.floor = info.lastSeq + 1;
    }
    this.#counted();
  }

  /** To be called when the caller is no longer a member, or the room was deleted. @internal */
  removed() {
    this.info = undefined;
    this.#end(notMember());
  }

  /** To be called for a new connection. @internal */
  connected() {
    this.#joining = false;
    this.#reading = false;
    this.#join();
    this.#sendMark();
  }

  /**
   * To be called when the caller's own message was stored, whether or not the room is followed.
   *
   * @internal
   * @param {import("./types.js").Ack} ack
   */
  sent({ seq }) {
    this.#grow(seq, true);
  }

  /**
   * @internal
   * @param {Frame} frame
   */
  receive(frame) {
    switch (frame.type) {
      case "message":
      case "updated":
      case "deleted":
      case "reaction":
        if (this.#rev !== undefined && frame.rev > this.#rev) {
          this.#rev = frame.rev;
          this.#change(frame);
        }
        break;
      case "presence":
        this.online = frame.online;
        this.#notify("presence", frame);
        break;
      case "typing":
      case "event":
        this.#notify(frame.type, frame);
        break;
      case "read":
        this.#marked(frame);
        break;
      case "unread":
        this.#lastSeq = Math.max(this.#lastSeq, frame.lastSeq);
        this.#readSeq = Math.max(this.#readSeq, frame.readSeq);
        this.#count = /** @type {any} */ (frame);
        this.mentions = frame.mentions;
        this.#counted();
        break;
      case "resync":
        // All earlier frames are processed, so this is our own rev; duplicates are dropped.
        this.#rev = Math.min(this.#rev ?? frame.after, frame.after);
        this.#joining = false;
        this.#join();
        break;
      case "left":
        this.#end(notMember());
        this.#notify("left", frame);
        break;
    }
  }

  /** @param {Frame} frame */
  #change(frame) {
    if (frame.type === "reaction") {
      this.#timeline.react(/** @type {any} */ (frame), this.#host.me());
      this.#notify("reaction", frame);
      return;
    }
    const { type, ...fields } = frame;
    const message = /** @type {Message} */ (/** @type {unknown} */ ({ content: "", reactions: [], ...fields }));
    const isKnown = this.#timeline.find(message.seq) !== undefined;
    const current = this.#timeline.put(message, type === "message", this.#host.me());
    // A message that changed while its replay was interrupted is sent as `updated` or `deleted`, though it is new here.
    const isNew = !isKnown && (type === "message" || this.#timeline.find(message.seq) !== undefined);
    if (isNew) {
      this.#notify("message", current);
      this.#grow(message.seq, this.#isSkipped(message));
    } else {
      if (message.deletedAt !== undefined && message.seq > this.readSeq && !this.#skipped.has(message.seq)) {
        this.#skipped.add(message.seq);
        this.#count.unread -= message.seq <= this.#count.lastSeq ? 1 : 0;
        this.#counted();
      }
      // A message that changes during its own event is published a second time.
      this.#notify(message.deletedAt === undefined ? "updated" : "deleted", current);
    }
  }

  #join() {
    if (!this.#subscribed || this.#joining || !this.#host.connection.isLive) {
      return;
    }
    this.#joining = true;
    const after = this.#rev;
    this.#host.connection.request({ type: "join", room: this.id, after }, (answer) => {
      if (!this.#subscribed) {
        // The room was left meanwhile.
      } else if (answer?.type === "joined") {
        this.#backoff.reset();
        this.#online(answer);
      } else if (answer !== null) {
        this.#refused(ofFrame(/** @type {any} */ (answer)));
      }
    });
  }

  /** @param {Frame} answer */
  #online({ seq, rev, online }) {
    if (this.#rev === undefined) {
      this.#rev = rev;
      this.#timeline.floor = seq + 1;
    }
    // Joined after a rev of the program: replayed messages may be older.
    this.#timeline.floor ??= seq + 1;
    this.online = online;
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    this.#notify("joined", { room: this.id, seq, rev, online });
    this.#counted();
    this.#joined?.resolve();
  }

  /** @param {HeliographError} error */
  #refused(error) {
    if (isTransient(error)) {
      const again = () => {
        this.#joining = false;
        this.#join();
      };
      later(this.#backoff.next(), again);
    } else if (error.code === "after_beyond_end") {
      this.#rev = undefined;
      this.#lastSeq = this.#readSeq = this.#wantedSeq = 0;
      this.#skipped.clear();
      this.#count.readSeq = -1;
      this.#timeline.clear();
      this.#notify("reset", { room: this.id });
      this.#joining = false;
      this.#join();
    } else {
      this.#end(error);
      this.#notify("refused", { room: this.id, error });
    }
  }

  /** @param {HeliographError} why */
  #end(why) {
    this.#subscribed = false;
    this.#joining = false;
    this.#joined?.reject(why);
    this.#joined = null;
  }

  /** @param {number} limit */
  async #older(limit) {
    await this.subscribe();
    for (let attempt = 1; ; attempt++) {
      const floor = /** @type {number} */ (this.#timeline.floor);
      if (floor <= 1) {
        return [];
      }
      const page = await this.#request("GET", `/messages?limit=${limit}&before=${floor}`);
      /** @type {Message[]} */
      const items = page.items;
      // The floor moves up when the room is so busy that old messages are dropped.
      if (floor === this.#timeline.floor && items[0]?.seq === floor - 1) {
        const older = this.#timeline.prepend(items, this.#host.me());
        if (page.next === null) {
          this.#timeline.floor = 1;
        }
        older.forEach((message) => this.#note(message.seq, this.#isSkipped(message)));
        this.#counted();
        return older;
      }
      if (attempt === PAGE_ATTEMPTS) {
        throw new HeliographError("history_behind", "The history does not reach to what came live yet.");
      }
      await pause(PAGE_PAUSE_MS);
    }
  }

  #sendMark() {
    if (this.#wantedSeq > this.#readSeq && !this.#reading && this.#host.connection.isLive) {
      this.#reading = true;
      this.#host.connection.request({ type: "read", room: this.id, seq: this.#wantedSeq }, (answer) => {
        if (answer === null) {
          return;
        }
        if (answer.type === "read") {
          this.#reading = false;
          this.#marked(answer);
          this.#sendMark();
        } else if (isTransient(ofFrame(/** @type {any} */ (answer)))) {
          later(this.#backoff.next(), () => {
            this.#reading = false;
            this.#sendMark();
          });
        } else {
          this.#reading = false;
          this.#wantedSeq = 0;
        }
      });
    }
  }

  /** @param {Frame} frame */
  #marked({ user, seq, forced }) {
    if (!user || user.id === this.#host.me()) {
      this.marks++;
      // The server moves a mark at most to the end of the room.
      this.#wantedSeq = forced ? 0 : Math.min(this.#wantedSeq, Math.max(seq, this.#lastSeq));
      this.#readSeq = forced ? seq : Math.max(this.#readSeq, seq);
      this.#counted();
    }
    this.#notify("read", { room: this.id, user, seq, forced });
  }

  /** @param {Message} message */
  #isSkipped({ sender, deletedAt }) {
    return sender.id === this.#host.me() || deletedAt !== undefined;
  }

  /**
   * Records that the room has reached this message.
   *
   * @param {number} seq
   * @param {boolean} skipped
   */
  #grow(seq, skipped) {
    this.#lastSeq = Math.max(this.#lastSeq, seq);
    this.#note(seq, skipped);
    this.#counted();
  }

  /**
   * @param {number} seq
   * @param {boolean} skipped
   */
  #note(seq, skipped) {
    if (skipped && seq > this.readSeq) {
      this.#skipped.add(seq);
    }
  }

  #counted() {
    const { readSeq, unread, mentions, lastSeq } = this;
    this.#skipped.forEach((seq) => seq <= readSeq && this.#skipped.delete(seq));
    this.#notify("unread", { room: this.id, unread, mentions, readSeq, lastSeq });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   */
  #request(method, path, body) {
    return this.#host.request(method, `/api/rooms/${this.id}${path}`, { body });
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {unknown} [body]
   * @returns {Promise<Message>}
   */
  async #changed(method, path, body) {
    const message = await this.#request(method, path, body);
    this.#timeline.learn(message);
    return message;
  }

  /**
   * @template {keyof RoomEvents} Name
   * @param {Name} name
   * @param {RoomEvents[Name] | Frame} event
   */
  #notify(name, event) {
    this.emit(name, /** @type {RoomEvents[Name]} */ (event));
    this.#host.event(name, event);
  }
}

function notMember() {
  return new HeliographError("not_a_member", "The caller is not in the room any more.");
}

/** A unique id. */
function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** @param {Record<string, string | number | undefined>} [parameters] */
export function query(parameters = {}) {
  const given = Object.entries(parameters).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(given.map(([name, value]) => [name, String(value)])).toString();
  return text && `?${text}`;
}
