// Shows when the page is not connected, and the effect on unsent messages.

import { element } from "../ui/dom.js";

/** A short loss, such as that of a deployment, is no news. */
const QUIET_MS = 1_500;

export class ConnectionBanner {
  #timer = 0;

  constructor() {
    this.node = element("p", { className: "banner", role: "status", hidden: true });
  }

  /** @param {import("/client/index.js").ConnectionState} state */
  show(state) {
    document.documentElement.dataset.connection = state.name;
    if (state.name === "live") {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.node.hidden = true;
    } else {
      this.#timer ||= setTimeout(() => this.#warn(), QUIET_MS);
      if (!this.node.hidden) {
        this.#warn();
      }
    }
  }

  #warn() {
    const why = navigator.onLine ? "Reconnecting…" : "You are offline.";
    this.node.textContent = `${why} What you write is kept and sent later.`;
    this.node.hidden = false;
  }
}
