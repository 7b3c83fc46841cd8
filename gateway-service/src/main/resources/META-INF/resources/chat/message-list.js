// The messages of a room: history, live changes, unsent messages, and the keyboard.

import { button, element, focused, icon, oncePerFrame } from "../ui/dom.js";
import { countOf, dayNumber } from "../ui/format.js";
import { MessageActions } from "./message-actions.js";
import { MessageRow } from "./message-row.js";
import { authorOf } from "./message-state.js";
import { PendingMessages } from "./pending-messages.js";
import { RowKeys } from "./row-keys.js";
import { VirtualList } from "./virtual-list.js";

/** Pixels of a message of one line. */
const ESTIMATE = 60;
/** Messages of one author that follow each other within this time stand together. */
const TOGETHER_MS = 5 * 60_000;
/** Rows of one list: browsers draw about 33 million pixels. */
const MAX_ROWS = 300_000;
/** How far behind the end a list begins that was moved to an old message. */
const MARGIN = 2_000;
/** Messages that are loaded before they are visible. */
const AHEAD = 25;
const FLASH_MS = 2_000;

export class MessageList {
  #history;
  #me;
  #outbox;
  #list;
  #actions;
  /** The seq of the first row, less one. */
  #base = 0;
  #firstUnread = 0;
  #seen = 0;
  #flash = 0;
  /** The message that gets the focus once it is loaded. */
  #focusLater = 0;

  /**
   * @param {object} options
   * @param {string} options.label the name of the room
   * @param {import("./history.js").History} options.history whose `changed` calls `changed` of this list
   * @param {string} options.me the id of the reader
   * @param {import("./link-previews.js").LinkPreviews} [options.previews]
   * @param {object} options.outbox `retry`, `discard` and `rewrite`, as PendingMessages asks for
   * @param {(message: object) => Set<string>} options.allowed as MessageActions asks for
   * @param {(action: string, message: object, beside: HTMLElement) => void} options.act
   * @param {(message: object, emoji: string) => void} options.toggleReaction
   * @param {() => void} [options.leave] is called when the focus is to go to the field
   * @param {(seq: number) => void} options.seen is called when a message has become visible
   */
  constructor(options) {
    const { label, history, me, previews } = options;
    this.#history = history;
    this.#me = me;
    this.options = options;
    this.feed = element("div", { className: "feed", role: "feed", "aria-label": `Messages in ${label}` });
    this.#outbox = new PendingMessages(options.outbox);
    this.empty = element("p", { className: "empty hint", hidden: true }, "No messages yet. Write the first one.");
    this.scroller = element("div", { className: "scroller" }, this.feed, this.empty, this.#outbox.node);
    this.jump = button({ className: "jump", hidden: true, onclick: () => this.toEnd() }, icon("down"), element("span"));
    this.node = element("div", { className: "messages" }, this.scroller, this.jump);
    this.previews = previews?.(this.scroller);
    this.#actions = new MessageActions(options);
    this.#list = new VirtualList({
      scroller: this.scroller,
      canvas: this.feed,
      estimate: ESTIMATE,
      row: (index) => this.#row(index),
      isFirm: (index) => Boolean(this.#history.get(this.#base + index + 1)),
      removed: (index, node) => this.previews?.forget(node.row?.previews),
      shown: (first, last) => this.#shown(first, last),
    });
    this.refresh = oncePerFrame(() => this.#refresh());
    this.#listen();
    this.#resize();
  }

  get isAtEnd() {
    return this.#list.isAtEnd && this.#base + this.#list.size >= this.#history.end;
  }

  /** The latest message of the reader that is loaded and can be edited. */
  get lastOwn() {
    for (let seq = this.#history.end; seq > 0 && this.#history.get(seq); seq--) {
      const message = this.#history.get(seq);
      if (message.sender.id === this.#me && !message.deletedAt && !message.imported) {
        return message;
      }
    }
    return undefined;
  }

  close() {
    this.previews?.close();
    this.#list.destroy();
    this.node.remove();
  }

  /** Messages of these seqs came or changed. */
  changed(from, to) {
    const end = Math.min(to + 1, from + 400);
    if (to === Infinity) {
      this.#list.clear();
      this.#base = 0;
    }
    for (let seq = from; seq <= end && to !== Infinity; seq++) {
      this.#update(seq);
    }
    this.refresh();
  }

  /** The unsent messages of the outbox. */
  pending(entries) {
    this.#outbox.show(entries);
    this.#resize();
  }

  /** Shows the mark of unread messages; 0 for none. */
  markUnread(seq) {
    const before = this.#firstUnread;
    this.#firstUnread = seq;
    [before, seq].forEach((each) => this.#update(each));
  }

  get firstUnread() {
    return this.#firstUnread;
  }

  toEnd() {
    this.#base = Math.max(0, this.#history.end - MAX_ROWS);
    this.#resize();
    this.#list.scrollToEnd();
  }

  /** Shows a message wherever it is, and draws the eye to it. */
  goTo(seq, { align = "center", flash = true, focus = false } = {}) {
    if (seq <= this.#base || seq > this.#base + this.#list.size) {
      this.#list.clear();
      this.#base = Math.max(0, Math.min(seq - MARGIN, this.#history.end - MAX_ROWS));
      this.#resize();
    }
    this.#flash = flash ? seq : 0;
    this.#list.scrollTo(seq - this.#base - 1, align);
    this.#update(seq);
    this.#focusLater = focus ? seq : 0;
    this.#focusIfThere();
  }

  /** Puts the focus on the last message. */
  focus() {
    this.#focusOn(this.#base + this.#list.size);
  }

  #resize() {
    this.#list.resize(Math.min(MAX_ROWS, Math.max(0, this.#history.end - this.#base)));
    // A feed without an article is none to a screen reader.
    this.feed.hidden = this.#history.end === 0;
    this.empty.hidden = this.#history.end > 0 || !this.#outbox.node.hidden;
    this.#list.update();
  }

  #refresh() {
    this.#resize();
    this.feed.setAttribute("aria-busy", String(this.#history.isLoading));
  }

  /** The message of a row changed, or the one before. */
  #update(seq) {
    const index = seq - this.#base - 1;
    const node = this.#list.node(index);
    const message = this.#history.get(seq);
    if (!node) {
      return;
    }
    if (Boolean(message) !== Boolean(node.row) || (message === null && !node.hidden)) {
      this.#list.replace(index);
    } else if (message) {
      this.#draw(node.row, message);
    }
  }

  #row(index) {
    const seq = this.#base + index + 1;
    const message = this.#history.get(seq);
    if (!message) {
      return element("div", { className: "message unknown", hidden: message === null });
    }
    const row = new MessageRow({
      previews: this.previews,
      goTo: (other) => this.goTo(other, { focus: true }),
      toggleReaction: this.options.toggleReaction,
    });
    this.#draw(row, message);
    return row.node;
  }

  #draw(row, message) {
    const before = this.#history.get(message.seq - 1);
    const at = new Date(message.createdAt);
    const then = before && new Date(before.createdAt);
    row.show(message, {
      isMine: message.sender.id === this.#me && !message.imported,
      isMentioned: message.mentions?.includes(this.#me) === true && message.sender.id !== this.#me,
      isNewDay: message.seq === 1 || (then ? dayNumber(then) !== dayNumber(at) : false),
      isFirstUnread: message.seq === this.#firstUnread,
      continues: Boolean(then) && authorOf(before) === authorOf(message) && !before.deletedAt && Math.abs(at - then) < TOGETHER_MS,
      answered: message.replyTo ? this.#history.quoted(message.replyTo, message.seq) : undefined,
    });
    if (this.#flash === message.seq) {
      this.#flash = 0;
      row.node.classList.add("flash");
      setTimeout(() => row.node.classList.remove("flash"), FLASH_MS);
    }
  }

  #shown(first, last) {
    const from = this.#base + first + 1;
    const to = this.#base + last + 1;
    this.#history.want(from - AHEAD, to + AHEAD);
    if (this.#history.get(to)) {
      this.#seen = Math.max(this.#seen, to);
      this.options.seen(to);
    }
    const below = this.#history.end - Math.max(to, this.#seen);
    this.jump.hidden = this.isAtEnd;
    this.jump.lastChild.textContent = below > 0 && !this.isAtEnd ? countOf(below, "new message") : "Latest";
    this.#tabStop(last);
    this.#focusIfThere();
  }

  #focusIfThere() {
    const row = this.#focusLater > 0 && this.#list.node(this.#focusLater - this.#base - 1)?.row;
    if (row) {
      this.#focusLater = 0;
      row.node.focus({ preventScroll: true });
    }
  }

  /** The Tab key stops at one message. */
  #tabStop(last) {
    const stop = this.feed.querySelector("[tabindex='0'].message");
    const next = this.feed.contains(focused(this.feed)) ? stop : this.#list.node(last);
    if (next?.row && next !== stop) {
      stop?.setAttribute("tabindex", "-1");
      next.tabIndex = 0;
    }
  }

  #focusOn(seq) {
    const index = Math.min(this.#list.size, Math.max(1, seq - this.#base)) - 1;
    this.#list.scrollTo(index, "nearest");
    const node = this.#list.node(index);
    if (node) {
      node.tabIndex = 0;
      node.focus({ preventScroll: true });
    }
  }

  #listen() {
    const rowOf = (target) => target.closest?.("article.message")?.row;
    this.feed.addEventListener("pointerover", ({ target }) => {
      // Rows move under a resting pointer; a user of the keyboard keeps the buttons.
      const row = this.feed.querySelector(":focus-visible") ? null : rowOf(target);
      if (row) {
        this.#actions.show(row);
      }
    });
    this.feed.addEventListener("focusin", ({ target }) => {
      const row = rowOf(target);
      if (row) {
        this.feed.querySelectorAll("[tabindex='0'].message").forEach((node) => (node.tabIndex = -1));
        row.node.tabIndex = 0;
        this.#actions.show(row);
      }
    });
    const keys = new RowKeys({
      move: (row, by) => this.#focusOn(row.message.seq + by),
      first: () => this.#focusOn(this.#base + 1),
      leave: () => this.options.leave?.(),
      last: () => this.#focusOn(this.#base + this.#list.size),
      act: (action, row) => {
        if (this.options.allowed(row.message).has(action)) {
          this.options.act(action, row.message, row.node);
        }
      },
    });
    this.feed.addEventListener("keydown", (event) => keys.pressed(event, rowOf(event.target)));
  }
}
