// The messages of a room: only changes are drawn; other nodes are kept.

import { element } from "./ui/dom.js";
import { messageItem, pendingItem } from "./message.js";

/** Pixels within which a reader is at the end. */
const NEAR = 60;

export class MessageList {
  #session = null;
  /** By seq: the node, and of which state of the message. */
  #items = new Map();
  /** Users whose names have changed since, by id. */
  #renamed = new Map();
  #drawing = false;
  #loading = false;
  /** The initial read mark of the reader; later messages are below a line. */
  #mark = null;

  /** @param host gets `failed(error)` */
  constructor(host) {
    this.host = host;
    this.older = element("button", { type: "button", className: "link older", hidden: true, onclick: () => this.#load() }, "Show older messages");
    this.stored = element("ol", { className: "messages", role: "list", "aria-label": "Messages" });
    this.pending = element("ol", { className: "messages", role: "list", "aria-label": "Messages on their way" });
    this.scroller = element(
      "div",
      { className: "scroller", role: "region", "aria-label": "Conversation", tabIndex: 0, part: "messages" },
      this.older,
      this.stored,
      this.pending,
    );
    this.newer = element("button", { type: "button", className: "newer", hidden: true, onclick: () => this.toEnd() });
    this.node = element("div", { className: "conversation" }, this.scroller, this.newer);
    this.line = element("li", { className: "line" }, "New messages");
    this.scroller.addEventListener("scroll", () => this.#look());
    this.top = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && this.#load(), {
      root: this.scroller,
    });
    this.visible = new IntersectionObserver(() => this.#look());
    this.visible.observe(this.scroller);
    this.onVisibility = () => this.#look();
  }

  /** Shows the room of this session; null for none. */
  show(session) {
    document.removeEventListener("visibilitychange", this.onVisibility);
    this.#session = session;
    this.#items.clear();
    this.#renamed.clear();
    this.#mark = null;
    this.stored.replaceChildren();
    this.pending.replaceChildren();
    this.older.hidden = true;
    this.newer.hidden = true;
    this.top.disconnect();
    if (session) {
      document.addEventListener("visibilitychange", this.onVisibility);
      this.#mark = session.room.readSeq;
      const draw = () => this.draw();
      ["message", "updated", "deleted", "reaction", "reset", "joined", "unread"].forEach((name) => session.room.on(name, draw));
      session.client.on("profile", ({ user }) => {
        this.#renamed.set(user.id, user);
        draw();
      });
      ["outbox", "sent", "discarded"].forEach((name) => session.client.on(name, draw));
      this.draw();
    }
  }

  /** Many changes that come together are drawn once. */
  draw() {
    if (!this.#drawing) {
      this.#drawing = true;
      setTimeout(() => {
        this.#drawing = false;
        this.#draw();
      }, 16);
    }
  }

  toEnd() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  get #atEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    return scrollHeight - scrollTop - clientHeight < NEAR;
  }

  #draw() {
    if (!this.#session) {
      return;
    }
    const { room, user } = this.#session;
    const stay = this.#atEnd;
    const fromEnd = this.scroller.scrollHeight - this.scroller.scrollTop;
    const oldest = this.stored.firstElementChild;
    this.#reconcile(room.messages, user?.id);
    this.#drawPending(room, user?.id);
    const complete = room.isComplete || room.messages.length === 0;
    this.older.hidden = complete;
    if (stay) {
      this.toEnd();
    } else if (oldest && oldest !== this.stored.firstElementChild) {
      // Older messages were added above: the visible ones do not move.
      this.scroller.scrollTop = this.scroller.scrollHeight - fromEnd;
    }
    if (!complete) {
      this.top.observe(this.older);
    }
    this.#look();
  }

  #reconcile(messages, me) {
    const present = new Set(messages.map(({ seq }) => seq));
    this.#items.forEach(({ node }, seq) => {
      if (!present.has(seq)) {
        node.remove();
        this.#items.delete(seq);
      }
    });
    this.line.remove();
    let place = this.stored.firstElementChild;
    for (const stored of messages) {
      const message = { ...stored, sender: { ...stored.sender, ...this.#renamed.get(stored.sender.id) } };
      const known = this.#items.get(message.seq);
      const state = `${message.rev} ${JSON.stringify(message.reactions)} ${message.sender.displayName}`;
      if (known?.state === state) {
        place = known.node.nextElementSibling;
        continue;
      }
      const node = messageItem(message, message.sender.id === me);
      if (known) {
        known.node.replaceWith(node);
        place = node.nextElementSibling;
      } else {
        this.stored.insertBefore(node, place);
      }
      this.#items.set(message.seq, { node, state });
    }
    this.#drawLine(messages, me);
  }

  /** Above the first that others wrote since the reader was here. */
  #drawLine(messages, me) {
    const first = messages.find(({ seq, sender }) => seq > this.#mark && sender.id !== me);
    const from = messages[0]?.seq ?? 0;
    if (first && this.#mark > 0 && from <= this.#mark) {
      this.#items.get(first.seq).node.before(this.line);
    }
  }

  #drawPending(room, me) {
    const stored = new Set(
      room.messages.slice(-100).filter(({ sender }) => sender.id === me).map(({ clientId }) => clientId),
    );
    const { client } = this.#session;
    const actions = { retry: (id) => client.retry(id), discard: (id) => client.discard(id) };
    const items = room.pending.filter(({ clientId }) => !stored.has(clientId)).map((entry) => pendingItem(entry, actions));
    this.pending.replaceChildren(...items);
    this.pending.hidden = items.length === 0;
  }

  async #load() {
    if (this.#loading || !this.#session) {
      return;
    }
    this.#loading = true;
    this.top.disconnect();
    this.older.disabled = true;
    try {
      await this.#session.older();
    } catch (failure) {
      this.host.failed(failure);
    } finally {
      this.#loading = false;
      this.older.disabled = false;
      this.draw();
    }
  }

  /** Marks visible messages as read while the user is active. */
  #look() {
    const room = this.#session?.room;
    if (!room) {
      return;
    }
    const { width, height } = this.scroller.getBoundingClientRect();
    const seen = document.visibilityState === "visible" && width > 0 && height > 0;
    if (seen && this.#atEnd && room.messages.length > 0) {
      room.markRead();
    }
    const { unread } = room;
    this.newer.hidden = unread === 0 || this.#atEnd;
    this.newer.textContent = `↓ ${unread} new`;
  }
}
