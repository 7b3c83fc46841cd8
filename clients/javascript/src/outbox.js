// The messages that are not acknowledged yet.

import { HeliographError, isTransient, ofFrame } from "./errors.js";
import { keysOf, readJson } from "./storage.js";
import { Backoff, later } from "./time.js";

/** More unsent messages than any program without a defect has. */
const MAX_ENTRIES = 1_000;

/**
 * @typedef {import("./types.js").OutboxEntry} Entry
 * @typedef {import("./types.js").Ack} Ack
 */

/**
 * @typedef {object} OutboxHost
 * @property {import("./connection.js").Connection} connection
 * @property {import("./storage.js").ClientStorage} storage
 * @property {string} key the storage key of the entries of all users
 * @property {{baseMs?: number, maxMs?: number}} [backoff]
 * @property {(entry: Entry) => void} changed
 * @property {(entry: Entry) => void} discarded
 * @property {(ack: Ack) => void} sent
 * @property {(failure: Error) => void} warn
 */

/** @typedef {{resolve: (ack: Ack) => void, reject: (failure: Error) => void}} Waiting */

/**
 * Messages of one room are sent one after the other, so that they keep the order in which they were written,
 * also if one is rejected. Each is stored before it is sent, and sent with the same `clientId` until there is
 * a response, so that it takes effect once.
 */
export class Outbox {
  /** @type {OutboxHost} */
  #host;
  #user = "";
  /** In the order in which they were written. @type {Map<string, Entry>} */
  #entries = new Map();
  /** @type {Map<string, Waiting>} */
  #waiting = new Map();
  /** What a room waits for: a response or a pause. @type {Map<string, {backoff: Backoff, busy: boolean}>} */
  #rooms = new Map();
  #lastOrder = 0;

  /** @param {OutboxHost} host */
  constructor(host) {
    this.#host = host;
  }

  /**
   * Loads the unsent messages of this user, also those of an earlier program.
   *
   * @param {string} user
   */
  load(user) {
    if (this.#user === user) {
      return;
    }
    this.#user = user;
    this.#entries.clear();
    keysOf(this.#host.storage, this.#prefix())
      .map((key) => /** @type {Entry | null} */ (readJson(this.#host.storage, key)))
      .filter((entry) => entry !== null)
      .sort((one, other) => one.order - other.order)
      .forEach((entry) => {
        this.#entries.set(entry.clientId, entry.state === "failed" ? entry : { ...entry, state: "waiting" });
        this.#lastOrder = Math.max(this.#lastOrder, entry.order);
      });
  }

  /**
   * The unsent messages, in the order in which they were written.
   *
   * @param {string} [room]
   * @returns {Entry[]}
   */
  entries(room) {
    return [...this.#entries.values()].filter((entry) => room === undefined || entry.room === room);
  }

  /**
   * @param {string} room
   * @param {string} content
   * @param {string} clientId
   * @param {import("./types.js").Attributes} [attributes]
   * @returns {Promise<Ack>}
   */
  add(room, content, clientId, { metadata, replyTo, mentions } = {}) {
    if (this.#entries.size >= MAX_ENTRIES) {
      return Promise.reject(new HeliographError("outbox_full", "Too many messages wait to be sent."));
    }
    if (this.#entries.has(clientId)) {
      return Promise.reject(new HeliographError("client_id_reused", "A message of this clientId is on its way."));
    }
    this.#lastOrder = Math.max(this.#lastOrder + 1, Date.now());
    /** @type {Entry} */
    const entry = {
      room,
      clientId,
      content,
      ...(metadata && { metadata }),
      ...(replyTo && { replyTo }),
      ...(mentions?.length && { mentions }),
      state: "waiting",
      order: this.#lastOrder,
    };
    /** @type {Promise<Ack>} */
    const acknowledged = new Promise((resolve, reject) => this.#waiting.set(clientId, { resolve, reject }));
    // A program that does not wait for the promise gets a failure as an event.
    acknowledged.catch(() => {});
    this.#put(entry);
    this.#sendNext(room);
    return acknowledged;
  }

  /**
   * Sends a failed message again.
   *
   * @param {string} clientId
   */
  retry(clientId) {
    const entry = this.#entries.get(clientId);
    if (entry?.state === "failed") {
      this.#put({ ...entry, state: "waiting", error: undefined });
      this.#sendNext(entry.room);
    }
  }

  /**
   * Discards a message. One that is being sent may still be stored.
   *
   * @param {string} clientId
   * @returns {Entry | undefined}
   */
  discard(clientId) {
    const entry = this.#entries.get(clientId);
    if (entry) {
      this.#remove(clientId);
      this.#settle(clientId)?.reject(new HeliographError("discarded", "The message was discarded."));
      this.#host.discarded(entry);
    }
    return entry;
  }

  /** To be called for a new connection, on which nothing has been sent. */
  connected() {
    new Set(this.entries().map(({ room }) => room)).forEach((room) => this.#sendNext(room));
  }

  /** @param {string} room */
  #sendNext(room) {
    const state = this.#rooms.get(room) ?? { backoff: new Backoff(this.#host.backoff), busy: false };
    this.#rooms.set(room, state);
    const entry = this.entries(room).find(({ state }) => state !== "failed");
    if (!entry) {
      this.#rooms.delete(room);
    } else if (!state.busy && this.#host.connection.isLive) {
      state.busy = true;
      const { clientId, content, metadata, replyTo, mentions } = entry;
      this.#put({ ...entry, state: "sending" });
      const frame = { type: "send", room, clientId, content, metadata, replyTo, mentions };
      this.#host.connection.request(frame, (answer) => {
        state.busy = false;
        if (answer === null) {
          this.#update(clientId, { state: "waiting" });
        } else if (answer.type === "error") {
          this.#refused(clientId, room, ofFrame(/** @type {any} */ (answer)));
        } else {
          state.backoff.reset();
          this.#acknowledged(/** @type {any} */ (answer));
          this.#sendNext(room);
        }
      });
    }
  }

  /** @param {Ack & {type: string, id: number}} answer */
  #acknowledged({ room, clientId, seq, rev, createdAt }) {
    const ack = { room, clientId, seq, rev, createdAt };
    this.#remove(clientId);
    this.#settle(clientId)?.resolve(ack);
    this.#host.sent(ack);
  }

  /**
   * @param {string} clientId
   * @param {string} room
   * @param {HeliographError} failure
   */
  #refused(clientId, room, failure) {
    const error = { code: failure.code, message: failure.message };
    const state = this.#rooms.get(room);
    if (isTransient(failure) && state) {
      state.busy = true;
      this.#update(clientId, { state: "waiting", error });
      later(state.backoff.next(), () => {
        state.busy = false;
        this.#sendNext(room);
      });
    } else {
      this.#update(clientId, { state: "failed", error });
      this.#settle(clientId)?.reject(failure);
      this.#sendNext(room);
    }
  }

  /**
   * @param {string} clientId
   * @param {Partial<Entry>} change
   */
  #update(clientId, change) {
    const entry = this.#entries.get(clientId);
    if (entry) {
      this.#put({ ...entry, ...change });
    }
  }

  /** @param {Entry} entry */
  #put(entry) {
    const before = this.#entries.get(entry.clientId);
    this.#entries.set(entry.clientId, entry);
    // A message that is being sent is sent again after a reload, so that state need not be stored.
    if (before === undefined || (before.state === "failed") !== (entry.state === "failed")) {
      try {
        this.#host.storage.setItem(this.#prefix() + entry.clientId, JSON.stringify(entry));
      } catch (failure) {
        // The storage is full: the message lasts as long as the program.
        this.#host.warn(/** @type {Error} */ (failure));
      }
    }
    this.#host.changed(entry);
  }

  /** @param {string} clientId */
  #remove(clientId) {
    this.#entries.delete(clientId);
    this.#host.storage.removeItem(this.#prefix() + clientId);
  }

  /** @param {string} clientId */
  #settle(clientId) {
    const waiting = this.#waiting.get(clientId);
    this.#waiting.delete(clientId);
    return waiting;
  }

  #prefix() {
    return `${this.#host.key}:${this.#user}:`;
  }
}
