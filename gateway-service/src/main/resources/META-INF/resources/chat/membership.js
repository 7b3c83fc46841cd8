// Which rooms the reader is in: at the start, and when others add or remove them.

/** Rejections that mean that the user is no longer in a room. */
const GONE = new Set(["not_a_member", "room_not_found", "forbidden"]);

export class Membership {
  #client;
  #host;
  #known = new Set();
  /** Rooms whose coming or going is the reader's own doing. */
  #expected = new Set();
  #off = [];
  #asking = null;
  #isStarted = false;

  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {object} host
   * @param {(room: object, isNews: boolean) => void} host.added
   * @param {(room: string, isNews: boolean) => void} host.removed
   * @param {(room: string) => void} host.changed
   * @param {(failure: Error) => void} host.failed
   */
  constructor(client, host) {
    this.#client = client;
    this.#host = host;
    this.#off = [
      client.on("roomAdded", (info) => this.#added(info)),
      client.on("roomRemoved", ({ room }) => this.#remove(room)),
      client.on("roomUpdated", ({ id }) => host.changed(id)),
      client.on("left", ({ room }) => this.#remove(room)),
      client.on("refused", ({ room, error }) => GONE.has(error.code) && this.#remove(room)),
      // The client publishes later changes; if the first snapshot failed, it is requested again.
      client.on("state", ({ name }) => name === "live" && !this.#isStarted && void this.start()),
    ];
  }

  close() {
    this.#off.forEach((off) => off());
  }

  async start() {
    await this.refresh();
  }

  /** Asks for all rooms. */
  async refresh() {
    this.#asking ??= this.#refresh().finally(() => (this.#asking = null));
    await this.#asking;
  }

  /** The reader joins or leaves this room by an own action, which is not announced. */
  expect(id) {
    this.#expected.add(id);
  }

  /** The reader made this room. */
  made(room) {
    this.expect(room.id);
    room.info = { role: "owner", ...room.info };
    void room.subscribe().catch(() => {});
    this.#add(room);
  }

  /** The reader left this room. */
  left(id) {
    this.expect(id);
    this.#remove(id);
  }

  async #refresh() {
    try {
      const rooms = await this.#client.sync();
      const ids = new Set(rooms.map(({ id }) => id));
      [...this.#known].filter((id) => !ids.has(id)).forEach((id) => this.#remove(id));
      rooms.forEach((room) => this.#add(room));
      this.#isStarted = true;
    } catch (failure) {
      if (failure.code !== "signed_out") {
        this.#host.failed(failure);
      }
    }
  }

  #added({ id, kind, with: other, members }) {
    const room = this.#client.room(id);
    if (kind === "direct" && !other) {
      void this.#meet(room, members);
    } else {
      this.#add(room);
    }
  }

  /** A direct room that another person made: it is called as they are, of whom the event has only the id. */
  async #meet(room, members = []) {
    const other = members.find((id) => id !== this.#client.user?.id);
    try {
      const user = await this.#client.request("GET", `/api/users/${other}`);
      if (room.info) {
        room.info = { with: user, ...room.info };
      }
    } catch {
      void this.refresh();
    }
    if (room.info) {
      this.#add(room);
    }
  }

  #add(room) {
    const isNew = !this.#known.has(room.id);
    const isExpected = this.#expected.delete(room.id);
    this.#known.add(room.id);
    this.#host.added(room, isNew && !isExpected && this.#isStarted);
  }

  #remove(id) {
    if (this.#known.delete(id)) {
      this.#host.removed(id, !this.#expected.delete(id));
    }
  }
}
