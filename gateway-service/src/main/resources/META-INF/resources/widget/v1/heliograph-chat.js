// <heliograph-chat room="…" token-url="…">: a room of Heliograph in the page of another product.

import { Composer } from "./composer.js";
import { element } from "./ui/dom.js";
import { MessageList } from "./message-list.js";
import { RoomSession } from "./room-session.js";
import { sheet } from "./style.js";
import { tokenFrom } from "./token.js";

const STATES = {
  idle: "",
  connecting: "Connecting",
  live: "Live",
  offline: "Offline, trying to connect",
  "signed-out": "You are not signed in.",
  "not-a-member": "You are not a member of this room.",
  "no-such-room": "There is no such room.",
  stopped: "The server has ended the connection.",
};
/** Milliseconds for which a typing user is shown. */
const TYPING = 4_000;

/**
 * Dispatches `heliograph-state`, `heliograph-message`, `heliograph-sent`, `heliograph-unread` and `heliograph-error`,
 * all of which bubble.
 */
export class HeliographChat extends HTMLElement {
  static observedAttributes = ["room", "token-url", "server", "heading"];

  #session = null;
  #token = null;
  #starting = false;
  #state = "idle";
  #unread = 0;
  #typingTimer;
  #heading = element("h2", { part: "heading" });
  #status = element("p", { className: "state", role: "status", part: "state" });
  #action = element("button", { type: "button", className: "link", hidden: true });
  #typing = element("p", { className: "typing" });
  #announcement = element("p", { className: "visually-hidden", role: "log" });
  #messages = new MessageList({ failed: (error) => this.#failed(error) });
  #composer = new Composer((text) => this.send(text).catch(() => {}));

  constructor() {
    super();
    const root = this.attachShadow({ mode: "open" });
    root.adoptedStyleSheets = [sheet];
    root.append(
      element("header", { part: "header" }, this.#heading, this.#status, this.#action),
      this.#messages.node,
      this.#typing,
      this.#composer.node,
      this.#announcement,
    );
  }

  /** Returns an access token, or null if no user is signed in; instead of the attribute `token-url`. */
  get token() {
    return this.#token;
  }

  set token(token) {
    this.#token = token;
    this.#restart();
  }

  get room() {
    return this.getAttribute("room");
  }

  set room(id) {
    this.setAttribute("room", id);
  }

  /** How many messages of others come after the read mark. */
  get unread() {
    return this.#unread;
  }

  /** One of those of `heliograph-state`. */
  get state() {
    return this.#state;
  }

  /** The client of this element, for all that the element does not do; null while there is none. */
  get client() {
    return this.#session?.client ?? null;
  }

  /** Sends a message as if it had been typed. Resolves when it is stored. */
  send(content) {
    if (!this.#session?.user) {
      return Promise.reject(new Error("Nobody is signed in."));
    }
    const sent = this.#session.room.send(content);
    sent.then(
      (ack) => this.#dispatch("sent", ack),
      (error) => this.#failed(error),
    );
    this.#messages.toEnd();
    return sent;
  }

  /** Starts over, such as after a sign-in. */
  reconnect() {
    this.#restart();
  }

  focus(options) {
    this.#composer.text.focus(options);
  }

  connectedCallback() {
    // Properties that the page set before the element was defined hide the accessors.
    for (const name of ["token", "room"]) {
      if (Object.hasOwn(this, name)) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
    // An element that is only moved within the page continues.
    if (!this.#session) {
      this.#restart();
    }
  }

  disconnectedCallback() {
    queueMicrotask(() => this.isConnected || this.#stop());
  }

  attributeChangedCallback(name, before, now) {
    if (name === "heading") {
      this.#name();
    } else if (before !== now) {
      this.#restart();
    }
  }

  /** Attributes that are set together cause one start. */
  #restart() {
    if (!this.#starting) {
      this.#starting = true;
      queueMicrotask(() => {
        this.#starting = false;
        this.#stop();
        if (this.isConnected) {
          this.#start();
        }
      });
    }
  }

  #start() {
    const url = this.getAttribute("token-url");
    const token = this.#token ?? (url && tokenFrom(url));
    if (!this.room || !token) {
      return;
    }
    const current = (action) => (...parts) => session === this.#session && action(...parts);
    const session = new RoomSession({
      // Without the attribute, where this script is from.
      server: new URL(this.getAttribute("server") ?? "/", import.meta.url).href,
      room: this.room,
      token,
      host: {
        state: current((name, detail) => this.#become(name, detail)),
        ready: current(() => this.#ready()),
        failed: current((error) => this.#failed(error)),
      },
    });
    this.#session = session;
    session.room.on("message", current((message) => this.#heard(message)));
    session.room.on("unread", current(({ unread }) => this.#count(unread)));
    session.room.on("typing", current(({ user }) => this.#types(user)));
    session.start();
  }

  #stop() {
    this.#session?.close();
    this.#session = null;
    this.#messages.show(null);
    this.#composer.show(null);
    this.#count(0);
    this.#become("idle");
  }

  /** The room and its user are known. */
  #ready() {
    this.#name();
    this.#messages.show(this.#session);
    this.#composer.show(this.#session);
    this.#count(this.#session.room.unread);
  }

  #name() {
    const room = this.#session?.room.info ?? this.#session?.info;
    this.#heading.textContent = this.getAttribute("heading") ?? room?.name ?? "";
  }

  #become(name, detail = {}) {
    if (name === this.#state) {
      return;
    }
    this.#state = name;
    this.#status.textContent = STATES[name];
    this.#status.dataset.state = name;
    this.#name();
    const again = ["signed-out", "stopped", "no-such-room"].includes(name);
    this.#action.hidden = !again && !detail.joinable;
    this.#action.textContent = detail.joinable ? "Join" : "Try again";
    this.#action.onclick = detail.joinable ? () => this.#join() : () => this.reconnect();
    if (again || name === "not-a-member") {
      this.#composer.show(null);
    }
    this.#dispatch("state", { state: name, ...detail });
  }

  async #join() {
    this.#action.disabled = true;
    try {
      await this.#session.join();
    } catch (failure) {
      this.#failed(failure);
    } finally {
      this.#action.disabled = false;
    }
  }

  #heard(message) {
    const { sender, content } = message;
    if (sender.id !== this.#session.user?.id) {
      this.#announcement.replaceChildren(element("span", {}, `${sender.displayName}: ${content}`));
      this.#typing.textContent = "";
    }
    this.#dispatch("message", message);
  }

  #types({ displayName }) {
    this.#typing.textContent = `${displayName} is typing`;
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => (this.#typing.textContent = ""), TYPING);
  }

  #count(unread) {
    if (unread !== this.#unread) {
      this.#unread = unread;
      this.#dispatch("unread", { unread });
    }
  }

  #failed({ code, message }) {
    this.#dispatch("error", { code, message });
  }

  #dispatch(name, detail) {
    this.dispatchEvent(new CustomEvent(`heliograph-${name}`, { bubbles: true, composed: true, detail }));
  }
}

// A page may have the script twice.
if (!customElements.get("heliograph-chat")) {
  customElements.define("heliograph-chat", HeliographChat);
}
