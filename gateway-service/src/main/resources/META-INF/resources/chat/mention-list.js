// Whom to mention: a list beside the field while a name is typed after an @. The focus stays in the field.

import { element } from "../ui/dom.js";
import { countOf, initialsOf, tintOf } from "../ui/format.js";

const SHOWN = 6;
/** An @ at the beginning of a word, and the typed part of the name. */
const TYPED = /(?:^|[\s(])@([^\s@]{0,64})$/u;

let lists = 0;

export class MentionList {
  #field;
  #members;
  #say;
  #people = [];
  #chosen = 0;
  /** The position of the name for which the user has closed the list. */
  #dismissed = -1;

  /**
   * @param {HTMLTextAreaElement} field
   * @param {import("./members.js").Members} members
   * @param {(text: string) => void} say announces a text to screen readers
   */
  constructor(field, members, say) {
    this.#field = field;
    this.#members = members;
    this.#say = say;
    const id = `mentions-${++lists}`;
    this.node = element("ul", { id, className: "mentions", role: "listbox", "aria-label": "People to mention", hidden: true });
    field.setAttribute("aria-autocomplete", "list");
    field.addEventListener("input", () => this.#look());
    field.addEventListener("click", () => this.#look());
    field.addEventListener("blur", () => this.close());
    // The focus is not to leave the field.
    this.node.addEventListener("pointerdown", (event) => event.preventDefault());
    this.node.addEventListener("click", ({ target }) => {
      const at = [...this.node.children].indexOf(target.closest("li"));
      if (at >= 0) {
        this.#take(at);
      }
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  close() {
    if (this.isOpen) {
      this.node.hidden = true;
      this.node.replaceChildren();
      ["aria-controls", "aria-activedescendant"].forEach((name) => this.#field.removeAttribute(name));
    }
  }

  /** Returns whether the list handled the key. */
  pressed({ key, ctrlKey, shiftKey }) {
    if (!this.isOpen || ctrlKey) {
      return false;
    }
    const { length } = this.#people;
    if (key === "ArrowDown" || key === "ArrowUp") {
      this.#choose((this.#chosen + (key === "ArrowDown" ? 1 : length - 1)) % length);
    } else if ((key === "Enter" || key === "Tab") && !shiftKey) {
      this.#take(this.#chosen);
    } else if (key === "Escape") {
      this.#dismissed = this.#typed()?.start ?? -1;
      this.close();
    } else {
      return false;
    }
    return true;
  }

  /** The name before the caret. */
  #typed() {
    const { value, selectionStart, selectionEnd } = this.#field;
    const typed = selectionStart === selectionEnd && TYPED.exec(value.slice(0, selectionStart));
    return typed ? { text: typed[1], start: selectionStart - typed[1].length - 1, end: selectionStart } : undefined;
  }

  #look() {
    const typed = this.#typed();
    if (!typed || typed.start === this.#dismissed) {
      this.#dismissed = typed ? this.#dismissed : -1;
      this.close();
      return;
    }
    this.#show(typed.text);
    const { value } = this.#field;
    void this.#members.load().then(() => {
      // The text that was typed meanwhile may match the members that have been loaded now.
      if (this.#field.value === value && this.#typed()) {
        this.#show(typed.text);
      }
    });
  }

  #show(text) {
    const people = this.#members.beginningWith(text, SHOWN);
    if (people.length === 0) {
      this.close();
      return;
    }
    const isSame = this.isOpen && people.map(({ id }) => id).join() === this.#people.map(({ id }) => id).join();
    if (isSame) {
      return;
    }
    this.#people = people;
    this.node.replaceChildren(...people.map((user, at) => this.#option(user, at)));
    this.node.hidden = false;
    this.#field.setAttribute("aria-controls", this.node.id);
    this.#say(`${countOf(people.length, "name")} to choose from. Arrow keys choose, Enter takes.`);
    this.#choose(0);
  }

  #option({ id, username, displayName }, at) {
    const name = displayName ?? username;
    return element(
      "li",
      { id: `${this.node.id}-${at}`, role: "option", "aria-selected": "false" },
      element("span", { className: `avatar ${tintOf(id)}`, "aria-hidden": "true" }, initialsOf(name)),
      element("span", { className: "name", dir: "auto" }, name),
      element("span", { className: "hint" }, `@${username}`),
    );
  }

  #choose(at) {
    this.#chosen = at;
    [...this.node.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === at)));
    this.#field.setAttribute("aria-activedescendant", `${this.node.id}-${at}`);
  }

  #take(at) {
    const { username } = this.#people[at];
    const typed = this.#typed();
    this.close();
    if (typed) {
      this.#field.setRangeText(`@${username} `, typed.start, typed.end, "end");
      this.#field.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}
