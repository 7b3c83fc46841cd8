// Where one writes.

import { element } from "./ui/dom.js";
import { storage } from "./room-session.js";

const MAX_LENGTH = 8_000;

export class Composer {
  #session = null;

  /** @param send is called with the text */
  constructor(send) {
    this.text = element("textarea", { rows: 1, maxLength: MAX_LENGTH, placeholder: "Write a message", "aria-label": "Message" });
    this.node = element(
      "form",
      { className: "composer", part: "composer", hidden: true },
      this.text,
      element("button", { type: "submit", part: "send" }, "Send"),
    );
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      if (this.text.value.trim() !== "") {
        send(this.text.value);
        this.text.value = "";
        this.#keep();
      }
    });
    this.text.addEventListener("input", () => {
      this.#keep();
      this.#session?.room.typing();
    });
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        this.node.requestSubmit();
      }
    });
  }

  /** Restores the unsent text of this user in the room, also after a reload. */
  show(session) {
    this.#session = session;
    this.node.hidden = session === null;
    this.text.value = session ? (storage()?.getItem(this.#key) ?? "") : "";
  }

  get #key() {
    return `heliograph-chat:${this.#session.room.id}:draft:${this.#session.user.id}`;
  }

  #keep() {
    try {
      if (this.text.value === "") {
        storage()?.removeItem(this.#key);
      } else {
        storage()?.setItem(this.#key, this.text.value);
      }
    } catch {
      // The storage is full: the draft lasts as long as the page.
    }
  }
}
