// The users who type. Not read out by screen readers, because it changes often.

import { element } from "../ui/dom.js";

/** Typing events are published once a second. */
const SHOWN_MS = 4_000;

export class TypingLine {
  /** @type {Map<string, {name: string, timer: number}>} */
  #people = new Map();

  constructor() {
    this.node = element("p", { className: "typing hint", "aria-hidden": "true" });
  }

  types({ id, displayName, username }) {
    this.#forget(id);
    const timer = setTimeout(() => this.wrote(id), SHOWN_MS);
    this.#people.set(id, { name: displayName ?? username, timer });
    this.#show();
  }

  /** This person sent a message, or stopped. */
  wrote(id) {
    if (this.#forget(id)) {
      this.#show();
    }
  }

  close() {
    [...this.#people.keys()].forEach((id) => this.#forget(id));
  }

  #forget(id) {
    clearTimeout(this.#people.get(id)?.timer);
    return this.#people.delete(id);
  }

  #show() {
    const names = [...this.#people.values()].map(({ name }) => name);
    const who = names.length > 2 ? "Several people are" : `${names.join(" and ")} ${names.length > 1 ? "are" : "is"}`;
    this.node.textContent = names.length > 0 ? `${who} typing…` : "";
  }
}
