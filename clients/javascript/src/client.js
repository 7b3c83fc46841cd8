// The public interface of the client.

import { Connection } from "./connection.js";
import { Emitter } from "./emitter.js";
import { HeliographError, isTransient } from "./errors.js";
import { Http } from "./http.js";
import { Outbox } from "./outbox.js";
import { query, Room } from "./room.js";
import { Session } from "./session.js";
import { defaultLock, memoryStorage } from "./storage.js";
import { Backoff, pause } from "./time.js";

/** Messages that are kept of each room. */
const MAX_MESSAGES = 10_000;
/** The maximum size of a page. */
const PAGE = 200;
/** Attempts at a snapshot: one that is behind is requested again. */
const ATTEMPTS = 5;
const PAUSE_MS = 200;

/**
 * @typedef {import("./types.js").ClientEvents} ClientEvents
 * @typedef {import("./types.js").RoomInfo} RoomInfo
 */

/**
 * @typedef {object} ClientOptions
 * @property {string} [url] the address of the gateway, such as `https://chat.example.org`; in a browser by default the
 *   origin of the page
 * @property {() => string | null | undefined | Promise<string | null | undefined>} [token] returns an access token when
 *   the client needs a new one, for a product with its own sign-in; null if no user is signed in
 * @property {import("./storage.js").ClientStorage} [storage] keeps the session and unsent messages beyond the program;
 *   `localStorage` in a browser. None by default
 * @property {import("./storage.js").Lock} [lock] by default Web Locks, or a lock of this program
 * @property {string} [prefix] the prefix of the keys in the storage
 * @property {typeof fetch} [fetch]
 * @property {new (url: string, protocol: string) => WebSocket} [WebSocket] needed if there is no global one
 * @property {{baseMs?: number, maxMs?: number}} [backoff] pauses are between 0 and a bound that doubles from `baseMs`
 *   (500) to `maxMs` (30,000)
 * @property {{idleMs?: number, pongMs?: number}} [heartbeat] after `idleMs` (20,000) without a frame the client
 *   requests one, and gives it `pongMs` (20,000)
 * @property {number} [maxMessages] the number of messages that are kept of each room (10,000)
 */

/** @extends {Emitter<ClientEvents>} */
export class HeliographClient extends Emitter {
  #http;
  #session;
  #connection;
  #outbox;
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  #backoff;
  #maxMessages;
  #lastUser = "";
  /** The last call of `sync`, and its number; each later event has the next one. */
  #synced = { active: false, subscribe: false, rev: 0 };
  #stale = false;
  #resyncing = false;
  /** @type {(() => void) | null} */
  #unwatch = null;

  /** The limits in the welcome of the server. @type {import("./types.js").Limits | undefined} */
  limits;

  /** @param {ClientOptions} [options] */
  constructor(options = {}) {
    super();
    const {
      url = globalThis.location?.origin,
      token: getToken,
      storage = memoryStorage(),
      // Without a shared storage no lock is needed.
      lock = options.storage ? defaultLock : (_name, work) => work(),
      prefix = "heliograph",
      fetch = (input, init) => globalThis.fetch(input, init),
      WebSocket = globalThis.WebSocket,
      backoff,
      heartbeat,
      maxMessages = MAX_MESSAGES,
    } = options;
    if (!url) {
      throw new TypeError("url is missing");
    }
    if (!WebSocket) {
      throw new TypeError("There is no global WebSocket: give one, or run Node.js with --experimental-websocket");
    }
    const address = url.replace(/\/+$/, "");
    this.#backoff = backoff;
    this.#maxMessages = maxMessages;
    this.#http = new Http(address, fetch, backoff);
    this.#session = new Session({
      http: this.#http,
      storage,
      key: `${prefix}:session`,
      lock,
      getToken,
      renewed: () => this.#connection.renewed(),
      ended: (reason) => this.#signedOut(reason),
    });
    this.#connection = new Connection({
      url: `${address.replace(/^http/, "ws")}/api/ws`,
      WebSocket,
      session: this.#session,
      backoff,
      heartbeat,
      live: (welcome) => this.#live(welcome),
      event: (frame) => this.#event(frame),
      changed: (state) => {
        if (state.name === "stopped") {
          this.#session.rest();
        }
        this.emit("state", state);
      },
    });
    this.#outbox = new Outbox({
      connection: this.#connection,
      storage,
      key: `${prefix}:outbox`,
      backoff,
      changed: (entry) => this.emit("outbox", entry),
      discarded: (entry) => this.emit("discarded", entry),
      sent: (ack) => {
        this.#rooms.get(ack.room)?.sent(ack);
        this.emit("sent", ack);
      },
      warn: (failure) => this.emit("warning", failure),
    });
  }

  /** The state of the connection. */
  get state() {
    return this.#connection.state;
  }

  /** The signed-in user; null if there is none. */
  get user() {
    return this.#session.user;
  }

  /** The rooms that this client knows, by id. @returns {ReadonlyMap<string, Room>} */
  get rooms() {
    return this.#rooms;
  }

  /** The messages that are not stored yet, in all rooms. */
  get pending() {
    return this.#outbox.entries();
  }

  /**
   * @param {{username: string, email: string, password: string, displayName?: string}} account
   * @returns {Promise<import("./types.js").User>}
   */
  register(account) {
    return this.#http.call("POST", "/api/auth/register", { body: account });
  }

  /**
   * Signs in by name or e-mail address, and connects.
   *
   * @param {string} login
   * @param {string} password
   */
  async signIn(login, password) {
    this.close();
    await this.#session.signIn(login, password);
    this.connect();
  }

  /**
   * Restores the session in the storage, or that of the token callback, and connects. Returns whether there is one.
   *
   * @returns {Promise<boolean>}
   */
  async resume() {
    try {
      if (!(await this.#session.resume())) {
        return false;
      }
    } catch (failure) {
      if (failure instanceof HeliographError && !failure.isTransient) {
        return false;
      }
      throw failure;
    }
    this.connect();
    return true;
  }

  /** Ends the session, here and on the server. Unsent messages stay in the storage until their author returns. */
  signOut() {
    return this.#session.signOut();
  }

  /** Connects again after `close`, or after the server ended the connection permanently. */
  connect() {
    const { user } = this;
    if (!user) {
      throw new HeliographError("signed_out", "Nobody is signed in.");
    }
    if (this.#lastUser && this.#lastUser !== user.id) {
      this.#forget();
    }
    this.#lastUser = user.id;
    this.#outbox.load(user.id);
    if (this.state.name === "stopped") {
      this.emit("signedIn", user);
      this.#unwatch ??= onWakeUp(() => this.#connection.nudge());
      this.#session.keep();
      this.#connection.start();
    }
  }

  /** Ends the connection; the session and unsent messages stay. */
  close() {
    this.#unwatch?.();
    this.#unwatch = null;
    this.#connection.stop("closed");
  }

  /**
   * The room of this id; sends no request yet.
   *
   * @param {string} id
   * @returns {Room}
   */
  room(id) {
    let room = this.#rooms.get(id);
    if (!room) {
      room = new Room(id, {
        connection: this.#connection,
        outbox: this.#outbox,
        request: (method, path, options) => this.request(method, path, options),
        me: () => this.user?.id,
        backoff: this.#backoff,
        maxMessages: this.#maxMessages,
        event: (name, event) => this.emit(name, event),
      });
      this.#rooms.set(id, room);
    }
    return room;
  }

  /**
   * A snapshot of all rooms of the caller, from which each is followed without a gap; with `subscribe: false` they are
   * only listed. If there are more rooms than one connection may join, those with the latest messages are followed.
   * From then on `roomAdded`, `roomRemoved` and `roomUpdated` publish changes, also those without a connection.
   *
   * @param {{subscribe?: boolean}} [options]
   * @returns {Promise<Room[]>}
   */
  async sync({ subscribe = true } = {}) {
    this.#stale &&= this.#resyncing;
    const rooms = await this.#load();
    Object.assign(this.#synced, { active: true, subscribe });
    if (this.#stale) {
      // Events began later than this snapshot.
      void this.#resync();
    }
    if (subscribe) {
      const at = (/** @type {Room} */ room) => room.info?.lastMessage?.createdAt ?? room.info?.createdAt ?? "";
      const latest = [...rooms].sort((one, other) => (at(one) < at(other) ? 1 : -1));
      latest.slice(0, this.limits?.rooms ?? PAGE).forEach((room) => void room.subscribe());
    }
    return rooms;
  }

  /**
   * The direct room of the caller and another user: the same one for each request of either user.
   *
   * @param {string} user
   * @returns {Promise<Room>}
   */
  directRoom(user) {
    return this.#create({ kind: "direct", members: [user] }, true);
  }

  /**
   * @param {{name: string, visibility: "public" | "private", topic?: string, metadata?: Record<string, unknown>}} room
   * @returns {Promise<Room>}
   */
  createRoom(room) {
    return this.#create(room);
  }

  /**
   * @param {Record<string, unknown>} room
   * @param {boolean} [repeatable]
   */
  async #create(room, repeatable) {
    const info = await this.request("POST", "/api/rooms", { body: room, repeatable });
    const created = this.room(info.id);
    created.learn(info);
    return created;
  }

  /**
   * The public rooms in whose names a word begins with `query`.
   *
   * @param {{query?: string, limit?: number, after?: string}} [options]
   * @returns {Promise<import("./types.js").Page<RoomInfo>>}
   */
  directory(options) {
    return this.request("GET", `/api/rooms${query({ visibility: "public", ...options })}`);
  }

  /**
   * Messages with these words in the rooms of the caller.
   *
   * @param {string} q
   * @param {{room?: string, limit?: number, after?: string}} [options]
   * @returns {Promise<import("./types.js").Page<import("./types.js").Message>>}
   */
  search(q, options) {
    return this.request("GET", `/api/messages/search${query({ q, ...options })}`);
  }

  /**
   * Users in whose names a word begins with `text`.
   *
   * @param {string} text
   * @param {{limit?: number, after?: string}} [options]
   * @returns {Promise<import("./types.js").Page<import("./types.js").User>>}
   */
  findUsers(text, options) {
    return this.request("GET", `/api/users${query({ query: text, ...options })}`);
  }

  /** Sends a failed message again. @param {string} clientId */
  retry(clientId) {
    this.#outbox.retry(clientId);
  }

  /** Discards a waiting or failed message. @param {string} clientId */
  discard(clientId) {
    return this.#outbox.discard(clientId);
  }

  /** A valid access token, for requests outside of the client, such as uploads. */
  accessToken() {
    return this.#session.token();
  }

  /**
   * Any call of the API, as the caller. Transient failures are retried if the call may be repeated: by default
   * if it is not a POST.
   *
   * @param {string} method
   * @param {string} path
   * @param {Pick<import("./http.js").CallOptions, "body" | "repeatable" | "signal" | "attemptMs" | "patienceMs">} [options]
   * @returns {Promise<any>}
   */
  async request(method, path, options) {
    const token = await this.#session.token();
    try {
      return await this.#http.call(method, path, { ...options, token });
    } catch (failure) {
      if (!(failure instanceof HeliographError) || failure.status !== 401) {
        throw failure;
      }
      await this.#session.renew(token);
      return this.#http.call(method, path, { ...options, token: await this.#session.token() });
    }
  }

  /** @param {import("./connection.js").Frame} welcome */
  #live(welcome) {
    this.limits = welcome.limits;
    this.#rooms.forEach((room) => room.connected());
    this.#outbox.connected();
  }

  /** Reads all rooms of the caller, and publishes the differences from the known ones. */
  async #load() {
    const user = this.user?.id;
    for (let attempt = 1; ; attempt++) {
      const marks = new Map(Array.from(this.#rooms, ([id, room]) => [id, room.marks]));
      const members = [...this.#rooms.values()].filter((room) => room.info?.role);
      /** @type {RoomInfo[]} */
      const infos = [];
      let rev = 0;
      let after;
      do {
        const page = await this.request("GET", `/api/messages/sync${query({ limit: PAGE, after })}`);
        if (this.user?.id !== user) {
          throw new HeliographError("signed_out", "Another user is signed in.");
        }
        rev ||= page.accountRev ?? 0;
        infos.push(...page.items);
        after = page.next;
      } while (after);
      // A snapshot of a replica that is behind would undo newer events.
      if (rev >= this.#synced.rev || attempt === ATTEMPTS) {
        this.#synced.rev = rev;
        const rooms = new Set(infos.map((info) => this.#learn(info, marks.get(info.id))));
        members.forEach((room) => !rooms.has(room) && this.#removed(room));
        return [...rooms];
      }
      await pause(PAUSE_MS);
    }
  }

  /**
   * @param {RoomInfo} info
   * @param {number} [marks]
   */
  #learn(info, marks) {
    const { active, subscribe } = this.#synced;
    const room = this.room(info.id);
    const before = room.info;
    room.learn(info, marks);
    if (active && !before?.role) {
      this.emit("roomAdded", info);
      if (subscribe) {
        void room.subscribe();
      }
    } else if (active && before && described(before) !== described(info)) {
      this.emit("roomUpdated", info);
    }
    return room;
  }

  /** @param {Room} room */
  #removed(room) {
    if (this.#synced.active && room.info?.role) {
      room.removed();
      this.emit("roomRemoved", { room: room.id });
    }
  }

  /** Reads all rooms after missed events; once more if further events are missed meanwhile. */
  async #resync() {
    this.#stale = true;
    if (!this.#resyncing) {
      this.#resyncing = true;
      const backoff = new Backoff(this.#backoff);
      while (this.#stale && this.#synced.active) {
        this.#stale = false;
        try {
          await this.#load();
        } catch (failure) {
          this.emit("warning", /** @type {Error} */ (failure));
          this.#stale ||= isTransient(failure);
        }
        if (this.#stale) {
          await pause(backoff.next());
        }
      }
      this.#resyncing = false;
    }
  }

  /** Forgets the rooms of a user, which another user must not see. */
  #forget() {
    this.#rooms.clear();
    Object.assign(this.#synced, { active: false, rev: 0 });
  }

  /**
   * Handles the events of the caller's rooms.
   *
   * @param {import("./connection.js").Frame} frame
   */
  #account({ type, room: id, accountRev, ...fields }) {
    const { active, rev } = this.#synced;
    const isAccount = type === "account";
    // After a restore to an earlier state the number of an account is lower.
    this.#synced.rev = isAccount ? (accountRev ?? rev) : Math.max(rev, accountRev ?? 0);
    if (isAccount || (accountRev ?? 0) > rev + 1) {
      void this.#resync();
    }
    if (!active || id === undefined) {
      return;
    }
    const room = this.room(id);
    if (type === "room_added") {
      this.#learn(/** @type {any} */ ({ id, ...fields }));
    } else if (type === "room_removed") {
      this.#removed(room);
    } else if (type === "room_updated" && room.info?.role) {
      // The description of a room without metadata has no such field.
      const info = /** @type {RoomInfo} */ ({ ...room.info, metadata: undefined, ...fields, id });
      room.info = info;
      this.emit("roomUpdated", info);
    }
  }

  /** @param {import("./connection.js").Frame} frame */
  #event(frame) {
    if (frame.type === "account" || frame.type.startsWith("room_")) {
      this.#account(frame);
    } else if (frame.type === "profile") {
      this.emit("profile", { user: frame.user });
    } else if (frame.room !== undefined) {
      this.#rooms.get(frame.room)?.receive(frame);
    } else if (frame.type === "error") {
      this.emit("warning", new HeliographError(frame.code, frame.message));
    }
  }

  /** @param {string} reason */
  #signedOut(reason) {
    this.#connection.stop(reason);
    this.#rooms.forEach((room) => room.unsubscribe());
    this.#forget();
    this.emit("signedOut", { reason });
  }
}

/**
 * The event of `roomUpdated`.
 *
 * @param {RoomInfo} info
 */
function described({ name, topic, visibility, role, metadata }) {
  return JSON.stringify([name, topic, visibility, role, metadata]);
}

/**
 * Calls back when the network or the page is available again. Returns a function that ends that.
 *
 * @param {() => void} action
 */
function onWakeUp(action) {
  const page = globalThis.document;
  if (!page) {
    return () => {};
  }
  const shown = () => page.visibilityState === "visible" && action();
  globalThis.addEventListener("online", action);
  page.addEventListener("visibilitychange", shown);
  return () => {
    globalThis.removeEventListener("online", action);
    page.removeEventListener("visibilitychange", shown);
  };
}
