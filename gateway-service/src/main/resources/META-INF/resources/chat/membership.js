// Which rooms the reader is in: at the start, and when others add or remove them.

/** A picture of all rooms is not asked for more often than this. */
const APART_MS = 5_000;
/** Refusals that say that somebody is in a room no more. */
const GONE = new Set(["not_a_member", "room_not_found", "forbidden"]);

export class Membership {
  #client;
  #host;
  #known = new Set();
  #off = [];
  #askedAt = -Infinity;
  #asking = null;
  #isStarted = false;

  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {object} host
   * @param {(room: object, isNews: boolean) => void} host.added
   * @param {(room: string, isNews: boolean) => void} host.removed
   * @param {(failure: Error) => void} host.failed
   */
  constructor(client, host) {
    this.#client = client;
    this.#host = host;
    const looked = () => document.visibilityState === "visible" && void this.#refreshSoon();
    document.addEventListener("visibilitychange", looked);
    addEventListener("focus", looked);
    this.#off = [
      () => document.removeEventListener("visibilitychange", looked),
      () => removeEventListener("focus", looked),
      client.on("left", ({ room }) => this.#remove(room, true)),
      client.on("refused", ({ room, error }) => GONE.has(error.code) && this.#remove(room, true)),
      client.on("state", ({ name }) => name === "live" && this.#isStarted && void this.#refreshSoon()),
    ];
  }

  close() {
    this.#off.forEach((off) => off());
  }

  async start() {
    await this.refresh(false);
    this.#isStarted = true;
  }

  /** Asks for all rooms. Where it is known why there is another one, it is no news. */
  async refresh(isNews = false) {
    this.#asking ??= this.#refresh(isNews).finally(() => (this.#asking = null));
    await this.#asking;
  }

  /** The reader made this room. */
  learn(room) {
    room.info = { role: "owner", ...room.info };
    void room.subscribe().catch(() => {});
    this.#add(room, false);
  }

  /** The reader left this room. */
  leave(id) {
    this.#remove(id, false);
  }

  async #refreshSoon() {
    if (performance.now() - this.#askedAt > APART_MS) {
      await this.refresh(true);
    }
  }

  async #refresh(isNews) {
    this.#askedAt = performance.now();
    try {
      const rooms = await this.#client.sync();
      const ids = new Set(rooms.map(({ id }) => id));
      [...this.#known].filter((id) => !ids.has(id)).forEach((id) => this.#remove(id, isNews));
      rooms.forEach((room) => this.#add(room, isNews));
    } catch (failure) {
      if (failure.code !== "signed_out") {
        this.#host.failed(failure);
      }
    }
  }

  #add(room, isNews) {
    const isNew = !this.#known.has(room.id);
    this.#known.add(room.id);
    this.#host.added(room, isNews && isNew);
  }

  #remove(id, isNews) {
    if (this.#known.delete(id)) {
      this.#host.removed(id, isNews);
    }
  }
}
