// The live side: one WebSocket that comes back by itself, and asks each room for what it missed.

import { accessToken, renew, tokenLife } from "/api.js";

const LONGEST_PAUSE = 15_000;
const RENEW_BEFORE = 60_000;

export class Live {
  /**
   * Tells `onFrame` of each frame that is new, and `onState` of "live", "connecting" and "signed out".
   */
  constructor(onFrame, onState) {
    this.onFrame = onFrame;
    this.onState = onState;
    this.rooms = new Map();
    this.unsent = new Map();
    this.failures = 0;
    this.open();
  }

  /** Follows a room from its present end, or after the last revision that was seen of it. */
  join(room) {
    if (!this.rooms.has(room)) {
      this.rooms.set(room, null);
      this.send({ type: "join", room });
    }
  }

  /** Sends a message until it is acknowledged; it takes effect once however often it is sent. */
  say(room, clientId, content) {
    const frame = { type: "send", id: clientId, room, clientId, content };
    this.unsent.set(clientId, frame);
    this.send(frame);
  }

  close() {
    this.closed = true;
    clearTimeout(this.pause);
    this.rest();
    this.socket.close(1000);
  }

  open() {
    this.onState("connecting");
    this.ready = false;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/api/ws`, "heliograph.v1");
    this.socket.onopen = () => this.write({ type: "connect", token: accessToken() });
    this.socket.onmessage = ({ data }) => this.hear(JSON.parse(data));
    this.socket.onclose = ({ code }) => this.lost(code);
  }

  hear(frame) {
    this.heardAt = Date.now();
    switch (frame.type) {
      case "welcome":
        this.welcomed(frame);
        break;
      case "joined":
        if (this.rooms.get(frame.room) === null) {
          this.rooms.set(frame.room, frame.rev);
        }
        this.onFrame(frame);
        break;
      case "ack":
        this.unsent.delete(frame.clientId);
        this.onFrame(frame);
        break;
      case "error":
        // A message that was refused would be refused again.
        this.unsent.delete(frame.id);
        this.onFrame(frame);
        break;
      case "resync":
        this.rooms.set(frame.room, frame.after);
        this.write({ type: "join", room: frame.room, after: frame.after });
        break;
      case "drain":
        this.returnAfter = frame.reconnectAfterMs;
        break;
      case "pong":
        break;
      default:
        this.changed(frame);
    }
  }

  welcomed(frame) {
    this.ready = true;
    this.failures = 0;
    this.onState("live");
    for (const [room, rev] of this.rooms) {
      this.write(rev === null ? { type: "join", room } : { type: "join", room, after: rev });
    }
    this.unsent.forEach((unsent) => this.write(unsent));
    this.rest();
    const beat = frame.heartbeatSeconds * 1000;
    this.heart = setInterval(() => this.beat(beat), beat);
    this.renewal = setTimeout(() => this.renew(), Math.max(1_000, tokenLife() - RENEW_BEFORE));
  }

  /** Frames of a room come in the order of `rev`; one that is not newer was seen before. */
  changed(frame) {
    if (frame.rev !== undefined) {
      if (frame.rev <= (this.rooms.get(frame.room) ?? 0)) {
        return;
      }
      this.rooms.set(frame.room, frame.rev);
    }
    this.onFrame(frame);
  }

  beat(period) {
    if (Date.now() - this.heardAt > 2 * period) {
      this.socket.close(4010);
    } else {
      this.write({ type: "ping" });
    }
  }

  async renew() {
    try {
      await renew();
      this.write({ type: "connect", token: accessToken() });
    } catch {
      // The socket is closed when the token ends, and what follows then is the same.
    }
  }

  async lost(code) {
    this.rest();
    this.ready = false;
    if (this.closed) {
      return;
    }
    this.onState("connecting");
    if (code >= 4001 && code !== 4008) {
      try {
        await renew();
      } catch (failure) {
        if (failure.status === 400 || failure.status === 401) {
          this.onState("signed out");
          return;
        }
      }
    }
    this.failures += 1;
    const most = Math.min(LONGEST_PAUSE, 500 * 2 ** this.failures);
    const pause = this.returnAfter ?? most / 2 + (Math.random() * most) / 2;
    this.returnAfter = undefined;
    this.pause = setTimeout(() => this.open(), pause);
  }

  rest() {
    clearInterval(this.heart);
    clearTimeout(this.renewal);
  }

  send(frame) {
    if (this.ready) {
      this.write(frame);
    }
  }

  write(frame) {
    if (this.socket.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(frame));
    }
  }
}
