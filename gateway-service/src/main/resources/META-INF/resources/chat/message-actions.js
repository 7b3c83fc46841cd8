// The actions of a message: one toolbar, which is in the row with the pointer or the focus.

import { element, iconButton } from "../ui/dom.js";

const LABELS = {
  react: ["smile", "React"],
  reply: ["reply", "Reply"],
  edit: ["edit", "Edit"],
  markUnread: ["unread", "Mark as unread from here"],
  remove: ["trash", "Delete"],
};

export class MessageActions {
  #message = null;

  /**
   * @param {object} options
   * @param {(message: object) => Set<string>} options.allowed which of the actions are open to the reader
   * @param {(action: string, message: object, beside: HTMLElement) => void} options.act
   */
  constructor({ allowed, act }) {
    this.allowed = allowed;
    this.act = act;
    this.buttons = new Map(
      Object.entries(LABELS).map(([action, [icon, label]]) => [
        action,
        iconButton(icon, label, { onclick: (event) => act(action, this.#message, event.currentTarget) }),
      ]),
    );
    this.node = element("div", { className: "actions", role: "toolbar", "aria-label": "Message" }, ...this.buttons.values());
  }

  /** Moves into the row, where the message is still there. */
  show(row) {
    if (row.message !== this.#message || this.node.parentNode !== row.content) {
      const allowed = this.allowed(row.message);
      this.#message = row.message;
      this.buttons.forEach((node, action) => (node.hidden = !allowed.has(action)));
      if (allowed.size === 0) {
        this.node.remove();
      } else if (this.node.parentNode !== row.content) {
        row.content.append(this.node);
      }
    }
  }

  hide() {
    this.#message = null;
    this.node.remove();
  }
}
