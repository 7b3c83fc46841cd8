// The rooms of the reader: the latest first, with unread counts.

import { element, icon } from "../ui/dom.js";
import { briefTimeOf } from "../ui/format.js";
import { roving } from "../ui/roving.js";
import { authorOf, nameOfRoom, summaryOf } from "./message-state.js";

/** A list that moves under the pointer leads it to the wrong room. */
const SORT_MS = 1_000;
const DRAW_MS = 150;

export class RoomsList {
  /** @type {Map<string, {room: object, last: object | null, node: HTMLElement}>} */
  #items = new Map();
  #dirty = new Set();
  #timer = 0;
  #sortTimer = 0;
  #filter = "";
  #current = null;
  #options;

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {(room: string) => boolean} options.hasDraft
   */
  constructor(options) {
    this.#options = options;
    this.node = element("ul", { className: "rooms" });
    this.roving = roving(this.node, "a");
    const { client } = options;
    const latest = (message) => this.#latest(message);
    this.off = [
      client.on("unread", ({ room }) => this.changed(room)),
      client.on("message", latest),
      client.on("updated", latest),
      client.on("deleted", latest),
      client.on("presence", ({ room }) => this.changed(room)),
      client.on("joined", ({ room }) => this.changed(room)),
      client.on("profile", ({ user }) => this.#renamed(user)),
    ];
  }

  close() {
    this.off.forEach((off) => off());
    clearTimeout(this.#timer);
    clearTimeout(this.#sortTimer);
    this.node.remove();
  }

  has(id) {
    return this.#items.has(id);
  }

  /** As it was shown last, also when the client has forgotten it. */
  nameOf(id) {
    return this.#items.get(id)?.name;
  }

  get size() {
    return this.#items.size;
  }

  /** Of all rooms together. */
  get unread() {
    return [...this.#items.values()].reduce((sum, { room }) => sum + room.unread, 0);
  }

  /** @param {import("/client/index.js").Room} room */
  add(room) {
    const known = this.#items.get(room.id);
    // Messages that arrived before the room was listed.
    const last = room.messages.at(-1) ?? room.info?.lastMessage ?? null;
    if (known) {
      known.name = nameOfRoom(room.info) ?? known.name;
      known.last = (known.last?.seq ?? 0) > (last?.seq ?? 0) ? known.last : last;
    } else {
      const node = element("li", {}, element("a", { href: `#${room.id}`, tabIndex: -1 }));
      this.#items.set(room.id, { room, last, node, name: nameOfRoom(room.info) });
    }
    this.changed(room.id);
  }

  remove(id) {
    this.#items.get(id)?.node.remove();
    this.#items.delete(id);
    this.roving.refresh();
  }

  get ids() {
    return [...this.#items.keys()];
  }

  /** The room above or below, or with `unread` the next one that has something unread. */
  neighbour(id, by, unread = false) {
    const ids = [...this.node.children].map((node) => node.dataset.room);
    for (let at = ids.indexOf(id) + by; at >= 0 && at < ids.length; at += by) {
      if (!unread || this.#items.get(ids[at]).room.unread > 0) {
        return ids[at];
      }
    }
    return undefined;
  }

  select(id) {
    const before = this.#current;
    this.#current = id;
    [before, id].forEach((each) => this.#items.has(each) && this.#draw(each));
    const link = this.#items.get(id)?.node.firstElementChild;
    this.node.querySelectorAll("a[tabindex='0']").forEach((other) => (other.tabIndex = -1));
    if (link) {
      link.tabIndex = 0;
      link.scrollIntoView({ block: "nearest" });
    }
  }

  /** Shows the rooms in whose names this text is. */
  filter(text) {
    this.#filter = text.trim().toLowerCase();
    this.#items.forEach((item) => this.#hide(item));
    this.roving.refresh();
  }

  /** Searches for the text in this field; the arrow key moves to the rooms. */
  filterBy(field) {
    const pressed = (event) => {
      const first = this.node.querySelector("li:not([hidden]) a");
      if (event.key === "Enter" && first) {
        first.click();
      } else if (event.key === "ArrowDown" && first) {
        event.preventDefault();
        first.focus();
      } else if (event.key === "Escape") {
        field.value = "";
        this.filter("");
      }
    };
    const typed = () => this.filter(field.value);
    field.addEventListener("keydown", pressed);
    field.addEventListener("input", typed);
    this.off.push(
      () => field.removeEventListener("keydown", pressed),
      () => field.removeEventListener("input", typed),
    );
  }

  /** Many changes that come together are drawn once. */
  changed(id) {
    if (this.#items.has(id)) {
      this.#dirty.add(id);
      this.#timer ||= setTimeout(() => this.flush(), DRAW_MS);
    }
  }

  flush() {
    clearTimeout(this.#timer);
    this.#timer = 0;
    this.#dirty.forEach((id) => this.#items.has(id) && this.#draw(id));
    this.#dirty.clear();
    if (this.node.childElementCount < this.#items.size) {
      this.#sort();
    } else {
      this.#sortSoon();
    }
  }

  #latest(message) {
    const item = this.#items.get(message.room);
    const me = this.#options.client.user?.id;
    if (item && message.mentions?.includes(me) && message.sender.id !== me) {
      item.mentioned = Math.max(item.mentioned ?? 0, message.seq);
    }
    if (item && message.seq >= (item.last?.seq ?? 0)) {
      item.last = message;
      this.changed(message.room);
    }
  }

  /** The names of a user have changed, who may be the other one of a direct room, or the last sender. */
  #renamed(user) {
    for (const [id, item] of this.#items) {
      const { room, last } = item;
      if (room.info?.with?.id === user.id) {
        room.info = { ...room.info, with: { ...room.info.with, ...user } };
      }
      if (last?.sender.id === user.id) {
        item.last = { ...last, sender: { ...last.sender, ...user } };
      }
      this.changed(id);
    }
  }

  #draw(id) {
    const item = this.#items.get(id);
    const { room, last, node } = item;
    const { unread, info } = room;
    item.name = nameOfRoom(info) ?? item.name;
    const { name = "…" } = item;
    const isCurrent = id === this.#current;
    const hasDraft = !isCurrent && this.#options.hasDraft(id);
    const isDirect = info?.kind === "direct";
    // The other one, beside the reader.
    const isOnline = isDirect && room.online > 1;
    const isMentioned = unread > 0 && (room.mentions > 0 || (item.mentioned ?? 0) > room.readSeq);
    const state = JSON.stringify([name, unread, isMentioned, isOnline, last && authorOf(last), last?.rev, last?.seq, isCurrent, hasDraft, info?.visibility]);
    if (node.dataset.state === state) {
      return;
    }
    node.dataset.state = state;
    node.dataset.room = id;
    node.classList.toggle("unread", unread > 0);
    const link = node.firstElementChild;
    if (isCurrent) {
      link.setAttribute("aria-current", "page");
    } else {
      link.removeAttribute("aria-current");
    }
    const title = element("span", { className: "name", dir: "auto" }, name);
    if (info?.visibility === "private" && !isDirect) {
      title.prepend(icon("lock"), element("span", { className: "visually-hidden" }, "private "));
    }
    if (isOnline) {
      title.append(element("span", { className: "presence online" }, element("span", { className: "visually-hidden" }, " online")));
    }
    const line = hasDraft ? element("em", {}, "Draft") : last && `${this.#who(last, isDirect)}${summaryOf(last)}`;
    const badge = unread > 0 && element("span", { className: "badge" }, `${isMentioned ? "@ " : ""}${unread > 999 ? "999+" : unread}`);
    if (badge) {
      badge.append(element("span", { className: "visually-hidden" }, isMentioned ? " unread, you are mentioned" : " unread"));
    }
    link.replaceChildren(
      title,
      element("span", { className: "at" }, last ? briefTimeOf(new Date(last.createdAt)) : ""),
      element("span", { className: "last", dir: "auto" }, line || "No messages yet"),
      badge || "",
    );
    this.#hide(this.#items.get(id));
  }

  /** In a direct room it is the reader, or whom the room is called after. */
  #who(message, isDirect) {
    if (message.sender.id === this.#options.client.user?.id && !message.imported) {
      return "You: ";
    }
    return isDirect ? "" : `${authorOf(message)}: `;
  }

  #hide({ name = "", node }) {
    node.hidden = this.#filter !== "" && !name.toLowerCase().includes(this.#filter);
  }

  #sort() {
    const hasNew = this.node.childElementCount < this.#items.size;
    if (!hasNew && (this.node.matches(":hover") || this.node.querySelector(":focus-visible"))) {
      this.#sortSoon();
      return;
    }
    const at = ({ room, last }) => last?.createdAt ?? room.info?.createdAt ?? "";
    const sorted = [...this.#items.values()].sort((one, other) => (at(one) < at(other) ? 1 : -1));
    // Nodes that stay in order are not moved.
    let next = this.node.firstChild;
    for (const { node } of sorted) {
      if (node === next) {
        next = next.nextSibling;
      } else {
        this.node.insertBefore(node, next);
      }
    }
    this.roving.refresh();
  }

  #sortSoon() {
    this.#sortTimer ||= setTimeout(() => {
      this.#sortTimer = 0;
      this.#sort();
    }, SORT_MS);
  }
}
