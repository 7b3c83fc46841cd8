// A list that is loaded page by page.

import { button, element } from "../ui/dom.js";

export class PagedList {
  #generation = 0;
  #options;

  /**
   * @param {object} options
   * @param {(after: string | undefined) => Promise<{items: object[], next: string | null}>} options.load
   * @param {(item: object) => HTMLElement} options.item makes an `li`
   * @param {string} options.label
   * @param {string} options.empty is shown where there is nothing
   * @param {(action: () => Promise<void>) => Promise<unknown>} options.attempt shows why it could not be loaded
   */
  constructor(options) {
    this.#options = options;
    this.list = element("ul", { className: "list", "aria-label": options.label });
    this.status = element("p", { className: "hint", role: "status" });
    this.more = button({ className: "secondary", hidden: true }, "Show more");
    this.node = element("div", { className: "paged" }, this.list, this.status, this.more);
    this.more.addEventListener("click", () => this.#load(this.next, this.#generation));
  }

  /** Starts over. Responses to earlier requests are dropped. */
  reload() {
    return this.#load(undefined, ++this.#generation);
  }

  clear() {
    this.#generation++;
    this.list.replaceChildren();
    this.more.hidden = true;
    this.status.textContent = "";
  }

  async #load(after, generation) {
    const { load, item, empty, attempt } = this.#options;
    await attempt(async () => {
      const { items, next } = await load(after);
      if (generation !== this.#generation) {
        return;
      }
      const nodes = items.map(item);
      if (after === undefined) {
        this.list.replaceChildren(...nodes);
      } else {
        this.list.append(...nodes);
        nodes[0]?.querySelector("a, button")?.focus();
      }
      this.next = next;
      this.more.hidden = next === null;
      this.status.textContent = this.list.childElementCount === 0 ? empty : "";
    });
  }
}

/** Calls back when the user has stopped typing, with the text of the field. */
export function onTyped(field, action) {
  let timer = 0;
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => action(field.value.trim()), 250);
  });
}
