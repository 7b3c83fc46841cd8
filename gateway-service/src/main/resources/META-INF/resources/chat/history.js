// The history of a room by `seq`. Since seq has no gaps, any part of it can be shown, and is loaded when it is.

import { merged, reacted } from "./message-state.js";

const PAGE = 50;
const AT_ONCE = 2;
/** Pages that are kept: 10,000 messages. */
const MAX_PAGES = 200;
/** Attempts at a page: one from a replica that is behind is requested again. */
const ATTEMPTS = 5;
const PAUSE_MS = 300;
const RETRY_MS = 3_000;
const MAX_QUOTED = 500;

const pageOf = (seq) => Math.floor((seq - 1) / PAGE);
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Of two states of a message that with the higher `rev` is the later one, wherever it came from, so that pages and live
 * changes may come in any order.
 */
export class History {
  #client;
  #room;
  #changed;
  #failed;
  /** Messages of each page by their place in it; null where one is gone for good. @type {Map<number, (object|null)[]>} */
  #pages = new Map();
  #loading = new Set();
  #wanted = [];
  /** The changes that arrived while pages were being loaded. */
  #late = [];
  /** Messages that were looked up alone, because others reply to them. */
  #quoted = new Map();
  #off;
  #closed = false;

  /** The seq of the last message. */
  end;

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {import("/client/index.js").Room} options.room
   * @param {(from: number, to: number) => void} options.changed is called when messages of these seqs came or changed
   * @param {(failure: Error) => void} options.failed is called when a page could not be loaded yet
   */
  constructor({ client, room, changed, failed }) {
    this.#client = client;
    this.#room = room;
    this.#changed = changed;
    this.#failed = failed;
    this.end = room.lastSeq;
    const put = (message) => this.#live(message);
    this.#off = [
      room.on("message", put),
      room.on("updated", put),
      room.on("deleted", put),
      room.on("reaction", (event) => this.#reacted(event)),
      room.on("joined", ({ seq }) => this.#grow(seq)),
      room.on("reset", () => this.#reset()),
    ];
  }

  close() {
    this.#closed = true;
    this.#off.forEach((off) => off());
  }

  /** The message; null if there is none any more, undefined if it is not loaded. */
  get(seq) {
    return this.#pages.get(pageOf(seq))?.[(seq - 1) % PAGE];
  }

  /** The message that the one of seq `by` replies to; if it is not known, `changed` is called for that one later. */
  quoted(seq, by) {
    const known = this.get(seq) ?? this.#quoted.get(seq);
    if (known === undefined) {
      if (this.#quoted.size >= MAX_QUOTED) {
        this.#quoted.delete(this.#quoted.keys().next().value);
      }
      this.#quoted.set(seq, null);
      this.#client.request("GET", `/api/rooms/${this.#room.id}/messages/${seq}`).then(
        (message) => {
          this.#quoted.set(seq, message);
          this.#changed(by, by);
        },
        () => {},
      );
    }
    return known ?? undefined;
  }

  get isLoading() {
    return this.#loading.size > 0;
  }

  /** Loads missing messages between these seqs. Replaces earlier ranges that are not being loaded yet. */
  want(from, to) {
    this.#wanted = [];
    for (let page = pageOf(Math.max(1, from)); page <= pageOf(Math.min(to, this.end)); page++) {
      // The latest first, which is where people begin to read.
      this.#wanted.unshift(page);
    }
    this.#load();
  }

  /** A message as the server answered it to the caller. */
  put(message) {
    const known = this.get(message.seq);
    if (!known || message.rev >= known.rev) {
      this.#set(message.seq, message);
      this.#grow(message.seq);
      this.#changed(message.seq, message.seq);
    }
  }

  /** The names of a user have changed; authors of imported messages keep the names of the file. */
  renamed(user) {
    const named = (message) =>
      message?.sender.id === user.id ? { ...message, sender: { ...message.sender, ...user } } : message;
    this.#quoted.forEach((message, seq) => this.#quoted.set(seq, named(message)));
    this.#pages.forEach((page, number) => {
      page.forEach((message, at) => (page[at] = named(message)));
      this.#changed(number * PAGE + 1, number * PAGE + PAGE);
    });
  }

  #live(message) {
    this.#grow(message.seq);
    this.#late.push(message);
    const known = this.get(message.seq);
    // A missing page is loaded when it is visible, except the growing one.
    if (known || message.seq > this.end - PAGE) {
      if (!known || message.rev > known.rev) {
        this.#set(message.seq, known ? merged(message, known) : message);
        this.#changed(message.seq, message.seq);
      }
    }
    this.#forgetLate();
  }

  #reacted(event) {
    this.#late.push(event);
    const known = this.get(event.seq);
    if (known && event.rev > known.rev) {
      this.#set(event.seq, reacted(known, event, this.#client.user?.id));
      this.#changed(event.seq, event.seq);
    }
    this.#forgetLate();
  }

  #grow(seq) {
    if (seq > this.end) {
      const from = this.end + 1;
      this.end = seq;
      this.#changed(from, seq);
    }
  }

  #reset() {
    this.#pages.clear();
    this.end = 0;
    this.#changed(0, Infinity);
  }

  #set(seq, message) {
    const number = pageOf(seq);
    const page = this.#pages.get(number) ?? [];
    // The latest used is the last one of the map.
    this.#pages.delete(number);
    this.#pages.set(number, page);
    page[(seq - 1) % PAGE] = message;
    if (this.#pages.size > MAX_PAGES) {
      const oldest = [...this.#pages.keys()].find((key) => key !== pageOf(this.end) && !this.#wanted.includes(key));
      this.#pages.delete(oldest);
    }
  }

  #isComplete(number) {
    const page = this.#pages.get(number);
    const length = Math.min(PAGE, this.end - number * PAGE);
    return page !== undefined && page.length >= length && !page.slice(0, length).includes(undefined);
  }

  #load() {
    for (const page of this.#wanted) {
      if (this.#loading.size >= AT_ONCE) {
        return;
      }
      if (!this.#loading.has(page) && !this.#isComplete(page)) {
        void this.#fetch(page);
      }
    }
  }

  async #fetch(number) {
    this.#loading.add(number);
    const first = number * PAGE + 1;
    try {
      const last = Math.min(number * PAGE + PAGE, this.end);
      const items = await this.#read(first, last);
      const found = new Map(items.map((message) => [message.seq, message]));
      for (let seq = first; seq <= last; seq++) {
        const known = this.get(seq);
        const message = found.get(seq) ?? known ?? null;
        if (!known || (message && message.rev >= known.rev)) {
          this.#set(seq, message);
        }
      }
      this.#catchUp(first, last);
      this.#loading.delete(number);
      this.#changed(first, last);
    } catch (failure) {
      if (!this.#closed) {
        this.#failed(failure);
        await pause(RETRY_MS);
      }
      this.#loading.delete(number);
    }
    this.#forgetLate();
    if (!this.#closed) {
      this.#load();
    }
  }

  async #read(first, last) {
    for (let attempt = 1; ; attempt++) {
      const path = `/api/rooms/${this.#room.id}/messages?after=${first - 1}&limit=${PAGE}`;
      const { items } = await this.#client.request("GET", path);
      if ((items.at(-1)?.seq ?? 0) >= last || attempt === ATTEMPTS) {
        return items;
      }
      await pause(PAUSE_MS);
    }
  }

  #catchUp(first, last) {
    for (const change of this.#late) {
      const known = this.get(change.seq);
      if (change.seq >= first && change.seq <= last && known && change.rev > known.rev) {
        const current = "emoji" in change ? reacted(known, change, this.#client.user?.id) : merged(change, known);
        this.#set(change.seq, current);
      }
    }
  }

  #forgetLate() {
    if (this.#loading.size === 0) {
      this.#late = [];
    }
  }
}
