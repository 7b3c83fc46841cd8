// Short notices that go by themselves.

import { button, element, topmost } from "./dom.js";

const SHOWN_MS = 8_000;
const MAX_SHOWN = 3;

export class Toasts {
  constructor() {
    this.node = element("div", { className: "toasts", role: "status", "aria-live": "polite" });
  }

  /**
   * @param {string} text
   * @param {{action?: string, onAction?: () => void, isError?: boolean}} [options]
   */
  show(text, { action, onAction, isError = false } = {}) {
    const toast = element("div", { className: isError ? "toast bad" : "toast" }, element("span", {}, text));
    const close = () => toast.remove();
    if (action) {
      const act = () => {
        close();
        onAction();
      };
      toast.append(button({ className: "link", onclick: act }, action));
    }
    toast.append(button({ className: "link", "aria-label": "Dismiss", onclick: close }, "✕"));
    this.#place();
    this.node.append(toast);
    if (this.node.childElementCount > MAX_SHOWN) {
      this.node.firstElementChild.remove();
    }
    const timer = setInterval(() => {
      // A text that is being read, or a button that is about to be pressed, stays.
      if (!toast.matches(":hover, :focus-within")) {
        clearInterval(timer);
        close();
      }
    }, SHOWN_MS);
  }

  #place() {
    const host = topmost();
    if (this.node.parentNode !== host) {
      host.append(this.node);
      host.addEventListener("close", () => document.body.append(this.node), { once: true });
    }
  }

  fail(failure) {
    this.show(failure.message, { isError: true });
  }
}
