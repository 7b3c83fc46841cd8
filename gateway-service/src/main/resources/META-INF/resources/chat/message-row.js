// One message in the document. Unchanged nodes are kept, so that selections and screen readers keep their place.

import { button, element } from "../ui/dom.js";
import { clockOf, dayOf, fullTimeOf, initialsOf, tintOf } from "../ui/format.js";
import { linkified } from "./links.js";
import { namesIn } from "./members.js";
import { authorOf, deletionOf, summaryOf } from "./message-state.js";

let rows = 0;

export class MessageRow {
  #shown = {};
  #host;

  /**
   * @param {object} host
   * @param {(message: object, emoji: string) => void} host.toggleReaction
   * @param {(seq: number) => void} host.goTo
   * @param {import("./link-previews.js").LinkPreviews} [host.previews]
   */
  constructor(host) {
    this.#host = host;
    const id = `message-${++rows}`;
    this.head = element("div", { className: "head", id: `${id}-head` });
    this.text = element("div", { className: "text", id: `${id}-text` });
    this.content = element("div", { className: "content" }, this.head, this.text);
    this.node = element(
      "article",
      { className: "message", tabIndex: -1, "aria-labelledby": this.head.id, "aria-describedby": this.text.id, "aria-setsize": "-1" },
      this.content,
    );
    this.node.row = this;
  }

  /**
   * @param {object} message
   * @param {object} context
   * @param {boolean} context.isMine
   * @param {boolean} context.isMentioned whether it mentions the reader
   * @param {boolean} context.isNewDay whether the one before is of another day
   * @param {boolean} context.isFirstUnread
   * @param {boolean} context.continues whether the one before is of the same author, shortly before
   * @param {object} [context.answered] the message that this one replies to
   */
  show(message, context) {
    const { isMine, isMentioned, isNewDay, isFirstUnread, continues, answered } = context;
    this.message = message;
    this.#when("place", `${isMine} ${isMentioned} ${isFirstUnread} ${continues} ${isNewDay && message.createdAt}`, () => {
      this.node.setAttribute("aria-posinset", message.seq);
      this.node.classList.toggle("mine", isMine);
      this.node.classList.toggle("mentioned", isMentioned);
      this.node.classList.toggle("continues", continues && !isNewDay && !isFirstUnread);
      this.#separators(isNewDay ? dayOf(new Date(message.createdAt)) : null, isFirstUnread);
    });
    this.#when("head", `${authorOf(message)} ${message.createdAt} ${message.editedAt} ${isMentioned}`, () => this.#head(message, isMentioned));
    this.#when("reply", `${message.replyTo} ${answered?.rev} ${answered && authorOf(answered)}`, () => this.#reply(message.replyTo, answered));
    this.#when("text", `${Boolean(message.deletedAt)} ${message.deletion?.by} ${message.content}`, () => this.#text(message));
    this.#when("reactions", JSON.stringify(message.reactions ?? []), () => this.#reactions(message));
  }

  /** Calls `draw` only if its data have changed. */
  #when(part, state, draw) {
    if (this.#shown[part] !== state) {
      this.#shown[part] = state;
      draw();
    }
  }

  #separators(day, isFirstUnread) {
    this.separators?.remove();
    this.separators = undefined;
    if (day || isFirstUnread) {
      this.separators = element("div", { className: "separators" });
      if (day) {
        this.separators.append(element("div", { className: "day" }, element("span", {}, day)));
      }
      if (isFirstUnread) {
        this.separators.append(element("div", { className: "new" }, element("span", {}, "New")));
      }
      this.node.prepend(this.separators);
    }
  }

  #head(message, isMentioned) {
    const at = new Date(message.createdAt);
    const author = authorOf(message);
    this.avatar ??= this.content.insertBefore(element("span", { "aria-hidden": "true" }), this.head);
    this.avatar.className = `avatar ${tintOf(message.sender.id)}`;
    this.avatar.textContent = initialsOf(author);
    const marks = [message.sender.bot && "bot", message.imported && "imported", message.editedAt && "edited", isMentioned && "mentions you"];
    this.head.replaceChildren(
      element("strong", { className: "author", dir: "auto" }, author),
      element("time", { dateTime: message.createdAt, title: fullTimeOf(at) }, clockOf(at)),
      ...marks.filter(Boolean).map((mark) => element("span", { className: "mark" }, mark)),
    );
  }

  /** A reply names the message that it answers, which may be deleted, or not be loaded yet. */
  #reply(seq, answered) {
    this.quote?.remove();
    this.quote = undefined;
    if (seq) {
      const text = answered ? [element("strong", { dir: "auto" }, authorOf(answered)), " ", summaryOf(answered)] : ["a message"];
      this.quote = button(
        { className: "quote", onclick: () => this.#host.goTo(seq) },
        element("span", { className: "visually-hidden" }, "In reply to "),
        element("span", { dir: "auto" }, ...text),
      );
      this.text.before(this.quote);
    }
  }

  #text(message) {
    const isDeleted = Boolean(message.deletedAt);
    this.text.classList.toggle("gone", isDeleted);
    this.text.dir = "auto";
    this.text.replaceChildren(...(isDeleted ? [deletionOf(message)] : contentOf(message)));
    this.previews?.remove();
    this.previews = isDeleted ? undefined : this.#host.previews?.of(message.content);
    if (this.previews) {
      this.text.after(this.previews);
    }
  }

  #reactions(message) {
    const reactions = message.deletedAt ? [] : (message.reactions ?? []);
    if (reactions.length === 0) {
      this.reactions?.remove();
      this.reactions = undefined;
      return;
    }
    if (!this.reactions) {
      this.reactions = element("div", { className: "reactions", role: "group", "aria-label": "Reactions" });
      this.content.append(this.reactions);
    }
    const known = new Map([...this.reactions.children].map((node) => [node.dataset.emoji, node]));
    const nodes = reactions.map((reaction) => this.#reaction(reaction, known.get(reaction.emoji)));
    [...this.reactions.children].filter((node) => !nodes.includes(node)).forEach((node) => node.remove());
    nodes.forEach((node) => node.isConnected || this.reactions.append(node));
  }

  #reaction({ emoji, count, mine }, known) {
    const node = known ?? button({ className: "reaction", onclick: () => this.#host.toggleReaction(this.message, emoji) });
    node.dataset.emoji = emoji;
    node.setAttribute("aria-pressed", String(Boolean(mine)));
    node.setAttribute("aria-label", `${emoji} ${count}`);
    node.replaceChildren(element("span", { "aria-hidden": "true" }, emoji), ` ${count}`);
    return node;
  }
}

/** Names are marked only for the mentions of the message, because any text may have an @ in it. */
function contentOf({ content, mentions = [] }) {
  const nodes = linkified(content);
  return mentions.length === 0 ? nodes : nodes.flatMap((node) => (typeof node === "string" ? withNames(node) : [node]));
}

function withNames(text) {
  return namesIn(text).map((part, at) => (at % 2 === 1 ? element("span", { className: "mention" }, part) : part));
}
