// The messages of this room that are not stored yet.

import { button, element } from "../ui/dom.js";
import { linkified } from "./links.js";

const MAX_SHOWN = 50;
const STATES = { waiting: "Waiting to be sent", sending: "Sending" };

/** Entries of the outbox of one room, in their order. */
export class PendingMessages {
  #nodes = new Map();
  #host;

  /**
   * @param {object} host
   * @param {(clientId: string) => void} host.retry
   * @param {(clientId: string) => void} host.discard
   * @param {(entry: object) => void} host.rewrite returns the text to the message field
   */
  constructor(host) {
    this.#host = host;
    this.node = element("ul", { className: "pending", "aria-label": "Not sent yet", hidden: true });
    this.more = element("li", { className: "hint" });
  }

  show(entries) {
    const shown = entries.slice(0, MAX_SHOWN);
    const ids = new Set(shown.map(({ clientId }) => clientId));
    for (const [clientId, { node }] of this.#nodes) {
      if (!ids.has(clientId)) {
        node.remove();
        this.#nodes.delete(clientId);
      }
    }
    shown.forEach((entry) => this.#show(entry));
    this.more.remove();
    if (entries.length > MAX_SHOWN) {
      this.more.textContent = `and ${entries.length - MAX_SHOWN} more`;
      this.node.append(this.more);
    }
    this.node.hidden = entries.length === 0;
  }

  #show(entry) {
    const known = this.#nodes.get(entry.clientId);
    const item = known ?? { node: element("li", { className: "message mine" }), state: "" };
    const state = `${entry.state} ${entry.error?.code ?? ""}`;
    if (item.state !== state) {
      item.state = state;
      item.node.className = `message mine ${entry.state}`;
      item.node.replaceChildren(
        element(
          "div",
          { className: "content" },
          element("div", { className: "text", dir: "auto" }, ...linkified(entry.content)),
          entry.state === "failed" ? this.#failure(entry) : element("div", { className: "mark" }, `${STATES[entry.state]}…`),
        ),
      );
    }
    if (!known) {
      this.#nodes.set(entry.clientId, item);
      this.node.append(item.node);
    }
  }

  /** Why a message was rejected, and the possible actions. */
  #failure(entry) {
    const action = (text, act) => button({ className: "link", onclick: act }, text);
    return element(
      "div",
      { className: "error", role: "alert" },
      `Not sent: ${entry.error?.message ?? "it was refused."} `,
      action("Try again", () => this.#host.retry(entry.clientId)),
      action("Rewrite", () => this.#host.rewrite(entry)),
      action("Discard", () => this.#host.discard(entry.clientId)),
    );
  }
}
