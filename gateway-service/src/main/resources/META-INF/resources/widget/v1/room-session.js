// One room over the client: it is found, followed, and its history loaded, through whatever happens in between.

import { HeliographClient } from "./client/index.js";

const PAGE = 50;
/** Older messages are dropped from memory. */
const MAX_MESSAGES = 2_000;
const PAUSE = 5_000;

/**
 * The state: `connecting`, `live`, `offline`, `signed-out`, `not-a-member`, `no-such-room`, or `stopped` by the
 * server.
 */
export class RoomSession {
  #host;
  #closed = false;

  /** @param host gets `state(name, detail)`, `ready(session)` once the room is there, and `failed(error)` */
  constructor({ server, room, token, host }) {
    this.#host = host;
    this.client = new HeliographClient({
      url: server,
      token,
      storage: storage(),
      // Only messages of this room: those of another room belong to another widget.
      prefix: `heliograph-chat:${room}`,
      maxMessages: MAX_MESSAGES,
    });
    this.room = this.client.room(room);
    this.client.on("state", (state) => this.#connection(state));
    this.client.on("signedOut", () => this.#become("signed-out"));
    this.room.on("left", () => this.#become("not-a-member"));
    this.room.on("refused", ({ error }) => this.#refused(error));
    this.room.on("reset", () => this.older().catch((failure) => host.failed(failure)));
  }

  get user() {
    return this.client.user;
  }

  /** Loads older messages; one that waits for the connection does so here. */
  older() {
    return this.room.older(PAGE);
  }

  /** Becomes a member of a public room. */
  async join() {
    await this.room.join();
    await this.#follow();
  }

  close() {
    this.#closed = true;
    this.client.close();
  }

  /** The backend of the page, or Heliograph, may be away at the beginning: it is tried again. */
  async start() {
    this.#become("connecting");
    while (!this.#closed) {
      try {
        if (await this.client.resume()) {
          await this.#follow();
        } else {
          this.#become("signed-out");
        }
        return;
      } catch (failure) {
        if (this.#closed) {
          return;
        }
        this.#host.failed(failure);
        this.#become("offline");
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }

  async #follow() {
    await this.client.sync({ subscribe: false });
    if (this.#closed) {
      return;
    }
    if (this.room.info?.role === undefined) {
      await this.#describe();
      return;
    }
    this.#host.ready(this);
    await this.room.subscribe();
    this.#become("live");
    // Transient failures are retried; after that the reader can try again.
    this.older().catch((failure) => this.#host.failed(failure));
  }

  /** For a user who is not a member: a public room can be joined. */
  async #describe() {
    try {
      this.info = await this.client.request("GET", `/api/rooms/${this.room.id}`);
      this.#become("not-a-member", { joinable: true });
    } catch (failure) {
      if (failure.status !== 404 && failure.status !== 400) {
        throw failure;
      }
      this.#become("no-such-room");
    }
  }

  #refused(error) {
    this.#host.failed(error);
    this.#become(error.code === "room_not_found" ? "no-such-room" : "not-a-member");
  }

  #connection(state) {
    if (state.name === "live" && this.room.info?.role !== undefined) {
      this.#become("live");
    } else if (state.name === "waiting") {
      this.#become("offline");
    } else if (state.name === "stopped" && state.reason !== "closed" && state.reason !== "signed_out") {
      this.#become("stopped", { reason: state.reason });
    }
  }

  #become(name, detail = {}) {
    if (!this.#closed) {
      this.#host.state(name, detail);
    }
  }
}

/** A page may have no right to it, as in a frame of another origin; then unsent messages last as long as the page. */
export function storage() {
  try {
    return globalThis.localStorage ?? undefined;
  } catch {
    return undefined;
  }
}
