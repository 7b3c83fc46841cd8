// Announcements for screen readers: polite, and no more than can be spoken.

import { element } from "./dom.js";
import { countOf } from "./format.js";

const PAUSE_MS = 3_000;
const MAX_CHARACTERS = 160;

/** Several messages within the pause are announced as a number. */
export class Announcer {
  #waiting = [];
  #timer = 0;

  constructor() {
    this.node = element("div", { className: "visually-hidden", role: "status", "aria-live": "polite" });
  }

  /** Something that happened; the latest counts. */
  say(text) {
    this.node.textContent = text;
  }

  /** A message of another user. */
  message(author, content) {
    this.#waiting.push(`${author}: ${content.slice(0, MAX_CHARACTERS)}`);
    this.#timer ||= setTimeout(() => this.#flush(), this.#waiting.length === 1 ? 500 : PAUSE_MS);
  }

  #flush() {
    const [first] = this.#waiting;
    const { length } = this.#waiting;
    this.#waiting = [];
    this.node.textContent = length === 1 ? first : countOf(length, "new message");
    this.#timer = setTimeout(() => {
      this.#timer = 0;
      if (this.#waiting.length > 0) {
        this.#flush();
      }
    }, PAUSE_MS);
  }
}
