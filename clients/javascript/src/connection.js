// Keeps one WebSocket open, and reconnects by itself.

import { HeliographError } from "./errors.js";
import { Backoff, later } from "./time.js";

const PROTOCOL = "heliograph.v1";

/** The timeout from the opening to the `welcome`. The server's timeout of the `connect` is 10 s. */
const WELCOME_MS = 20_000;
/** After `idleMs` without a frame the client sends a ping; after `pongMs` more without one the connection is dead. */
export const HEARTBEAT = { idleMs: 20_000, pongMs: 20_000 };
/** The timeout after the device woke up or changed its network, when a dead connection is likely. */
const NUDGE_PONG_MS = 5_000;
/** A connection that was open for this long does not count as a failure. */
const STABLE_MS = 5_000;

const DRAIN = 4000;
const TOKEN_EXPIRED = 4001;
const TOO_MANY_CONNECTIONS = 4029;
const UNAUTHENTICATED = 4501;
const REVOKED = 4503;

/** The close codes after which the client does not reconnect, with the reasons. @type {Record<number, string>} */
const STOPS = { 4500: "protocol_abuse", 4501: "unauthenticated", 4502: "forbidden", 4503: "revoked" };

/** @typedef {{type: string, id?: number, [field: string]: any}} Frame */

/**
 * Called with the response, which may be an `error`, or with null if the connection ends before it.
 *
 * @typedef {(answer: Frame | null) => void} OnAnswer
 */

/**
 * @typedef {object} ConnectionHost
 * @property {string} url
 * @property {new (url: string, protocol: string) => WebSocket} WebSocket
 * @property {import("./session.js").Session} session
 * @property {{baseMs?: number, maxMs?: number}} [backoff]
 * @property {{idleMs?: number, pongMs?: number}} [heartbeat]
 * @property {(welcome: Frame) => void} live is called once for each connection
 * @property {(frame: Frame) => void} event is called with each frame that is not a response
 * @property {(state: import("./types.js").ConnectionState) => void} changed
 */

export class Connection {
  /** @type {ConnectionHost} */
  #host;
  /** @type {WebSocket | null} */
  #socket = null;
  /** @type {Map<number, OnAnswer>} */
  #pending = new Map();
  #lastId = 0;
  #live = false;
  /** The token that the socket was opened with. */
  #token = "";
  /** Whether a token was rejected although it seemed to be valid, and another one has been tried since. */
  #renewedForRefusal = false;
  /** @type {number | null} */
  #returnAfterMs = null;
  #backoff;
  /** Counts the openings, so that one that has waited for a token detects that it is out of date. */
  #attempt = 0;

  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #beat;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #stable;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #move;

  /** @type {import("./types.js").ConnectionState} */
  state = { name: "stopped", reason: "closed" };

  /** @param {ConnectionHost} host */
  constructor(host) {
    this.#host = host;
    this.#backoff = new Backoff(host.backoff);
  }

  get isLive() {
    return this.#live;
  }

  start() {
    if (this.state.name === "stopped") {
      this.#backoff.reset();
      this.#renewedForRefusal = false;
      this.#open();
    }
  }

  /**
   * @param {string} reason
   * @param {number} [code]
   */
  stop(reason, code) {
    this.#attempt++;
    clearTimeout(this.#retry);
    this.#drop(1000);
    if (this.state.name !== "stopped") {
      this.#become({ name: "stopped", reason, code });
    }
  }

  /** To be called when there is another token. */
  renewed() {
    if (this.#live) {
      this.#authenticate(this.#socket);
    }
  }

  /** To be called when the network or the device is available again: ends a pause, and checks the connection. */
  nudge() {
    if (this.state.name === "waiting") {
      this.#open();
    } else if (this.#live) {
      this.#ping(NUDGE_PONG_MS);
    }
  }

  /**
   * Sends a frame that gets a response. Without a connection it fails at once.
   *
   * @param {Frame} frame
   * @param {OnAnswer} onAnswer
   */
  request(frame, onAnswer) {
    if (!this.#live) {
      onAnswer(null);
      return;
    }
    const id = ++this.#lastId;
    this.#pending.set(id, onAnswer);
    this.#write(this.#socket, { ...frame, id });
  }

  /** Sends a frame that gets no response, or drops it without a connection. */
  send(/** @type {Frame} */ frame) {
    if (this.#live) {
      this.#write(this.#socket, frame);
    }
  }

  async #open() {
    const attempt = ++this.#attempt;
    clearTimeout(this.#retry);
    this.#become({ name: "connecting" });
    try {
      await this.#host.session.token();
    } catch (failure) {
      if (attempt === this.#attempt) {
        if (failure instanceof HeliographError && !failure.isTransient) {
          this.stop(failure.code);
        } else {
          this.#wait(this.#backoff.next());
        }
      }
      return;
    }
    if (attempt === this.#attempt) {
      this.#connect();
    }
  }

  #connect() {
    const socket = new this.#host.WebSocket(this.#host.url, PROTOCOL);
    this.#socket = socket;
    /** Events of a dropped socket are ignored. */
    const current = (/** @type {(event: any) => void} */ action) => (/** @type {any} */ event) => {
      if (this.#socket === socket) {
        action(event);
      }
    };
    socket.onopen = current(() => this.#authenticate(socket));
    socket.onmessage = current(({ data }) => this.#receive(JSON.parse(data)));
    socket.onclose = current(({ code }) => this.#lost(code));
    // A close follows, except in Node.js after a failed handshake.
    socket.onerror = current(() => this.#live || this.#lost());
    this.#beat = later(WELCOME_MS, () => this.#lost());
  }

  /** @param {WebSocket | null} socket */
  async #authenticate(socket) {
    try {
      const token = await this.#host.session.token();
      if (socket === this.#socket) {
        this.#token = token;
        this.#write(socket, { type: "connect", token });
      }
    } catch {
      // The server closes a socket without a valid token, which has the same consequences.
    }
  }

  /** @param {Frame} frame */
  #receive(frame) {
    if (frame.type === "welcome") {
      this.#welcome(frame);
    } else if (frame.type === "drain") {
      this.#drain(frame.reconnectAfterMs);
    } else {
      const onAnswer = frame.id === undefined ? undefined : this.#pending.get(frame.id);
      if (frame.id !== undefined && onAnswer) {
        this.#pending.delete(frame.id);
        onAnswer(frame);
      } else {
        this.#host.event(frame);
      }
    }
    if (this.#live) {
      this.#listen();
    }
  }

  /** @param {Frame} frame */
  #welcome(frame) {
    this.#host.session.learnTime(this.#token, frame.serverTime);
    if (!this.#live) {
      this.#live = true;
      this.#stable = later(STABLE_MS, () => {
        this.#backoff.reset();
        this.#renewedForRefusal = false;
      });
      this.#become({ name: "live" });
      this.#host.live(frame);
    }
  }

  /** Uses the old connection until it is time to reconnect. */
  #drain(/** @type {number} */ afterMs) {
    this.#returnAfterMs = afterMs;
    clearTimeout(this.#move);
    this.#move = later(afterMs, () => {
      this.#returnAfterMs = 0;
      this.#lost(DRAIN);
    });
  }

  #listen() {
    clearTimeout(this.#beat);
    const { idleMs, pongMs } = { ...HEARTBEAT, ...this.#host.heartbeat };
    this.#beat = later(idleMs, () => this.#ping(pongMs));
  }

  /**
   * The time begins here and not with the last frame: if all timers are late, the frames that wait to be read come
   * first.
   *
   * @param {number} patienceMs
   */
  #ping(patienceMs) {
    clearTimeout(this.#beat);
    this.#beat = later(patienceMs, () => this.#lost());
    this.#write(this.#socket, { type: "ping" });
  }

  /** @param {number} [code] the close code of the server, if there is one */
  async #lost(code = 0) {
    const returnAfterMs = this.#returnAfterMs;
    this.#drop(code ? undefined : 4010);
    if (code === DRAIN && returnAfterMs !== null) {
      this.#wait(returnAfterMs);
    } else if (code === REVOKED) {
      this.stop(STOPS[REVOKED], code);
      this.#host.session.end(STOPS[REVOKED]);
    } else if (code === TOKEN_EXPIRED || (code === UNAUTHENTICATED && !this.#renewedForRefusal)) {
      this.#renewedForRefusal ||= code === UNAUTHENTICATED;
      await this.#again();
    } else if (code >= 4500 && code < 5000) {
      this.stop(STOPS[code] ?? "refused", code);
    } else {
      if (code === TOO_MANY_CONNECTIONS) {
        this.#backoff.atLeast(4);
      }
      this.#wait(this.#backoff.next());
    }
  }

  /** Reconnects with another token. */
  async #again() {
    const attempt = ++this.#attempt;
    this.#become({ name: "connecting" });
    // A failure occurs again in the next attempt, and is handled there.
    await this.#host.session.renew(this.#token).catch(() => {});
    if (attempt === this.#attempt) {
      this.#wait(this.#backoff.next());
    }
  }

  #wait(/** @type {number} */ ms) {
    this.#become({ name: "waiting", retryInMs: ms });
    clearTimeout(this.#retry);
    this.#retry = later(ms, () => this.#open());
  }

  /**
   * Drops the socket, without waiting for the server, which may not be reachable.
   *
   * @param {number} [code] to close with
   */
  #drop(code) {
    for (const timer of [this.#beat, this.#stable, this.#move]) {
      clearTimeout(timer);
    }
    this.#returnAfterMs = null;
    this.#live = false;
    const socket = this.#socket;
    this.#socket = null;
    if (socket && socket.readyState < 2) {
      try {
        socket.close(code);
      } catch {
        // The socket is not open yet.
      }
    }
    const unanswered = [...this.#pending.values()];
    this.#pending.clear();
    unanswered.forEach((onAnswer) => onAnswer(null));
  }

  /**
   * @param {WebSocket | null} socket
   * @param {Frame} frame
   */
  #write(socket, frame) {
    if (socket?.readyState === 1) {
      socket.send(JSON.stringify(frame));
    }
  }

  /** @param {import("./types.js").ConnectionState} state */
  #become(state) {
    this.state = state;
    this.#host.changed(state);
  }
}
