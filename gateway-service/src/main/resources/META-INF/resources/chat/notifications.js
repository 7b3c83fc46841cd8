// System notifications for messages while no tab is visible. The permission is requested only by a button.

import { authorOf, summaryOf } from "./message-state.js";

const KEY = "heliograph:notifications";
/** Held by the visible tab, so that no other tab shows notifications. */
const LOCK = "heliograph:looked-at";

export class Notifications {
  #release = null;
  #options;

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {(room: string) => string} options.nameOf
   * @param {(room: string, seq: number) => void} options.open
   */
  constructor(options) {
    this.#options = options;
    this.off = options.client.on("message", (message) => void this.#arrived(message));
    this.changed = () => this.#look();
    document.addEventListener("visibilitychange", this.changed);
    this.#look();
  }

  close() {
    this.off();
    document.removeEventListener("visibilitychange", this.changed);
    this.#release?.();
  }

  get isPossible() {
    return "Notification" in globalThis;
  }

  get isOn() {
    return this.isPossible && Notification.permission === "granted" && localStorage.getItem(KEY) === "on";
  }

  /** Requests the permission after a press of the button. Returns a text for the reader if it is denied. */
  async turn(on) {
    if (on && (await Notification.requestPermission()) !== "granted") {
      return "Your browser does not allow notifications of this page.";
    }
    localStorage.setItem(KEY, on ? "on" : "off");
    return null;
  }

  async #arrived(message) {
    const { client, nameOf, open } = this.#options;
    if (!this.isOn || document.visibilityState === "visible" || message.sender.id === client.user?.id || (await isLookedAt())) {
      return;
    }
    // One per room: a later one replaces it.
    const notification = new Notification(nameOf(message.room), {
      body: `${authorOf(message)}: ${summaryOf(message)}`,
      tag: message.room,
      icon: "/icon.svg",
    });
    notification.onclick = () => {
      notification.close();
      globalThis.focus();
      open(message.room, message.seq);
    };
  }

  #look() {
    this.#release?.();
    this.#release = null;
    if (document.visibilityState === "visible" && navigator.locks) {
      const looked = new Promise((resolve) => (this.#release = resolve));
      navigator.locks.request(LOCK, { mode: "shared" }, () => looked);
    }
  }
}

async function isLookedAt() {
  const held = (await navigator.locks?.query())?.held ?? [];
  return held.some(({ name }) => name === LOCK);
}
