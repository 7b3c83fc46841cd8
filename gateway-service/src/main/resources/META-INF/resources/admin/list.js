// A list that is loaded page by page.

import { element } from "/ui/dom.js";
import { button, describe } from "./parts.js";

export class PagedList {
  /**
   * @param label the name of the list, for screen readers
   * @param load returns a page, `{items, next}`, by its cursor
   * @param item makes the record of one; its second argument puts another state in its place, or null to remove it
   * @param empty the text of an empty list
   */
  constructor({ label, load, item, empty = "None." }) {
    this.load = load;
    this.item = item;
    this.empty = empty;
    this.list = element("ul", { className: "records", role: "list", "aria-label": label });
    this.error = element("p", { className: "error", role: "alert" });
    this.more = button("Show more", () => this.#next(true), "quiet more");
    this.none = element("p", { className: "hint empty" });
    this.node = element("div", { className: "panel" }, this.list, this.none, this.error, this.more);
    this.#clear();
  }

  /** Begins anew, with another source if there is one. */
  reload(load = this.load) {
    this.load = load;
    this.#clear();
    return this.#next(false);
  }

  #clear() {
    this.turn = (this.turn ?? 0) + 1;
    this.cursor = undefined;
    this.list.replaceChildren();
    this.error.textContent = "";
    this.none.hidden = true;
    this.more.hidden = true;
  }

  /** Counts the restarts, so that responses to earlier requests are dropped. */
  async #next(focus) {
    const { turn } = this;
    this.error.textContent = "";
    this.more.disabled = true;
    this.list.setAttribute("aria-busy", "true");
    try {
      const { items, next } = await this.load(this.cursor);
      if (turn === this.turn) {
        this.#show(items, next ?? null, focus);
      }
    } catch (failure) {
      if (turn === this.turn) {
        this.error.textContent = describe(failure);
        this.more.hidden = false;
        this.more.textContent = "Try again";
      }
    } finally {
      if (turn === this.turn) {
        this.more.disabled = false;
        this.list.removeAttribute("aria-busy");
      }
    }
  }

  #show(items, next, focus) {
    const nodes = items.map((item) => this.#make(item));
    this.list.append(...nodes);
    this.cursor = next;
    this.more.hidden = next === null;
    this.more.textContent = "Show more";
    this.#count();
    if (focus) {
      nodes[0]?.focus();
    }
  }

  #make(state) {
    const node = this.item(state, (changed) => {
      if (changed === null) {
        const neighbour = node.nextElementSibling ?? node.previousElementSibling;
        node.remove();
        this.#count();
        focusLater(neighbour ?? this.none);
      } else {
        const other = this.#make(changed);
        node.replaceWith(other);
        focusLater(other);
      }
    });
    return node;
  }

  #count() {
    this.none.hidden = this.list.children.length > 0;
    this.none.textContent = this.empty;
    this.none.tabIndex = -1;
  }
}

/** Once a dialog that has the focus is closed. */
function focusLater(node) {
  setTimeout(() => node.focus());
}
