// The operations stream: one WebSocket that reconnects by itself and reports its state.

import { accessToken, renew, tokenLife } from "/api.js";

const TOPICS = ["services", "alerts", "tasks"];
const INTERVAL = 1_000;

/** Frames come each second; a connection that brings none for so long is dead, whatever the browser believes. */
const SILENCE = 6_000;

/** Close codes: the token has expired, is not good, or was revoked; or it is good, and its owner may not see this. */
const REFUSED = [4_001, 4_501, 4_503];
const FORBIDDEN = 4_502;

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;
const RENEW_BEFORE = 60_000;

export class OperationsStream {
  /**
   * Passes each frame to `onFrame`, and each change to `onState`: `{ kind: "connecting" }`, `{ kind: "live" }`,
   * `{ kind: "lost", since, retryAt }`, and at the end `{ kind: "signed out" }` or `{ kind: "forbidden" }`.
   */
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.attempt = 0;
    this.failures = 0;
    this.refusals = 0;
    this.since = null;
    this.retryNow = () => this.retry();
    addEventListener("online", this.retryNow);
    this.onState({ kind: "connecting" });
    this.open();
  }

  /** Tries at once if it is waiting to try. */
  retry() {
    if (this.pause) {
      this.open();
    }
  }

  close() {
    this.closed = true;
    removeEventListener("online", this.retryNow);
    this.drop();
  }

  async open() {
    this.drop();
    const attempt = this.attempt;
    this.listen();
    try {
      if (accessToken() === null || tokenLife() < RENEW_BEFORE || this.refusals > 0) {
        await renew();
      }
    } catch (failure) {
      if (attempt !== this.attempt) {
        return;
      }
      if (failure.status === 400 || failure.status === 401) {
        this.end("signed out");
      } else {
        this.lost();
      }
      return;
    }
    // It may have been closed meanwhile, or taken too long.
    if (attempt !== this.attempt) {
      return;
    }
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const socket = new WebSocket(`${scheme}://${location.host}/api/live`);
    this.socket = socket;
    socket.onopen = () => {
      this.write({ type: "subscribe", topics: TOPICS, intervalMs: INTERVAL });
      this.write({ type: "connect", token: accessToken() });
    };
    socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    socket.onclose = ({ code }) => this.lost(code);
  }

  hear(frame) {
    this.listen();
    if (frame.type === "drain") {
      this.returnAfter = frame.reconnectAfterMs;
    } else if (frame.type === "sample" || frame.type === "history") {
      this.heard();
      this.onFrame(frame);
    }
  }

  /** The first sample after an outage, or of all. */
  heard() {
    if (this.live) {
      return;
    }
    this.live = true;
    this.since = null;
    this.failures = 0;
    this.refusals = 0;
    this.onState({ kind: "live" });
    this.renewal = setTimeout(() => this.renew(), Math.max(1_000, tokenLife() - RENEW_BEFORE));
  }

  async renew() {
    try {
      await renew();
      this.write({ type: "connect", token: accessToken() });
      this.renewal = setTimeout(() => this.renew(), Math.max(1_000, tokenLife() - RENEW_BEFORE));
    } catch {
      // The stream also ends with the token, with the same consequences.
    }
  }

  lost(code) {
    if (this.closed) {
      return;
    }
    this.drop();
    if (code === FORBIDDEN) {
      this.end("forbidden");
      return;
    }
    if (REFUSED.includes(code)) {
      this.refusals += 1;
    }
    if (this.refusals > 1) {
      // Not even a new token is accepted.
      this.end("signed out");
      return;
    }
    this.since ??= Date.now();
    this.failures += 1;
    // Full jitter: pages that lost the same gateway must not come back together.
    const most = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures);
    const pause = this.returnAfter ?? Math.random() * most;
    this.returnAfter = undefined;
    this.pause = setTimeout(() => this.open(), pause);
    this.onState({ kind: "lost", since: this.since, retryAt: Date.now() + pause });
  }

  end(kind) {
    this.close();
    this.onState({ kind });
  }

  /** Lets go of the connection without waiting for it to close: the other side may be gone. */
  drop() {
    this.live = false;
    this.attempt += 1;
    clearTimeout(this.pause);
    clearTimeout(this.silence);
    clearTimeout(this.renewal);
    this.pause = null;
    if (this.socket) {
      this.socket.onopen = this.socket.onmessage = this.socket.onclose = null;
      this.socket.close();
      this.socket = null;
    }
  }

  listen() {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), SILENCE);
  }

  write(frame) {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(frame));
    }
  }
}
