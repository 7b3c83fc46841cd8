// The field in which messages are written, answered and edited. Typed text is kept until it is stored elsewhere.

import { button, element, focused, icon } from "../ui/dom.js";
import { MentionList } from "./mention-list.js";
import { authorOf, summaryOf } from "./message-state.js";

const LIMIT = 8_000;
/** Characters before the limit from which on the rest is shown. */
const SHOWN_FROM = 500;

export class Composer {
  /** The message that is edited or answered. */
  #edited = null;
  #answered = null;
  #saving = false;
  #host;
  #unwatch;

  /**
   * @param {object} host
   * @param {string} host.label the name of the room
   * @param {string} host.room its id, under which drafts are kept
   * @param {import("./drafts.js").Drafts} host.drafts
   * @param {import("./members.js").Members} host.members who can be mentioned
   * @param {(text: string) => void} host.say announces a text to screen readers
   * @param {(content: string, answered: object | null) => Promise<unknown>} host.send keeps the message until it is stored
   * @param {(seq: number, content: string) => Promise<unknown>} host.edit
   * @param {() => void} host.typing
   * @param {() => object | undefined} host.lastOwn the message that the arrow key edits
   * @param {() => void} host.leave is called when the focus is to go to the messages
   */
  constructor(host) {
    this.#host = host;
    this.field = element("textarea", {
      name: "content",
      rows: 1,
      placeholder: "Write a message",
      "aria-label": `Message to ${host.label}`,
      autocomplete: "off",
    });
    this.field.setAttribute("enterkeyhint", "send");
    this.rest = element("span", { className: "rest hint", "aria-live": "polite" });
    this.submit = element("button", { type: "submit", "aria-label": "Send" }, icon("send"));
    this.context = element("div", { className: "context", hidden: true });
    this.error = element("p", { className: "error", role: "alert" });
    this.mentions = new MentionList(this.field, host.members, host.say);
    this.node = element("form", { className: "composer" }, this.mentions.node, this.context, this.field, this.rest, this.submit, this.error);
    this.#listen();
    this.#restore();
    this.#unwatch = host.drafts.watch(host.room, (text) => this.#changedElsewhere(text));
  }

  close() {
    this.#unwatch();
  }

  focus() {
    this.field.focus();
  }

  answer(message) {
    this.#stopEditing();
    this.#answered = message;
    this.#context("reply", `Reply to ${authorOf(message)}`, summaryOf(message), () => this.#stopAnswering());
    this.focus();
  }

  edit({ seq, content }) {
    this.#stopAnswering();
    this.#edited = { seq, content };
    this.#host.drafts.keep(this.#editKey, JSON.stringify({ seq, content }));
    this.#context("edit", "Edit message", "", () => this.#stopEditing());
    this.#write(content);
    this.focus();
  }

  /** Appends the text of a rejected message to the text in the field. */
  rewrite(content) {
    this.#stopEditing();
    this.#write(this.field.value === "" ? content : `${this.field.value}\n${content}`);
    this.#keep();
    this.focus();
  }

  get #editKey() {
    return `${this.#host.room}:edit`;
  }

  #restore() {
    this.#write(this.#host.drafts.of(this.#host.room));
    const edited = this.#host.drafts.of(this.#editKey);
    if (edited) {
      this.edit(JSON.parse(edited));
    }
  }

  #listen() {
    this.node.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.#submit();
    });
    this.field.addEventListener("input", () => {
      this.#keep();
      this.#measure();
      if (!this.#edited && this.field.value.trim() !== "") {
        this.#host.typing();
      }
    });
    this.field.addEventListener("keydown", (event) => this.#pressed(event));
  }

  #pressed(event) {
    if (event.isComposing || event.altKey || event.metaKey) {
      return;
    }
    if (this.mentions.pressed(event)) {
      event.preventDefault();
      event.stopPropagation();
      return;
    }
    const empty = this.field.value === "";
    // A keyboard on glass has no Shift+Enter; it has a button to send.
    const sends = event.key === "Enter" && !event.shiftKey && (event.ctrlKey || !matchMedia("(pointer: coarse)").matches);
    if (sends) {
      this.node.requestSubmit();
    } else if (event.key === "Escape" && (this.#edited || this.#answered)) {
      this.#stopEditing();
      this.#stopAnswering();
    } else if (event.key === "Escape") {
      this.#host.leave();
    } else if (event.key === "ArrowUp" && empty && !this.#edited && this.#host.lastOwn()) {
      this.edit(this.#host.lastOwn());
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  async #submit() {
    const content = this.field.value;
    if (content.trim() === "" || this.#left(content) < 0 || this.#saving) {
      return;
    }
    this.error.textContent = "";
    if (this.#edited) {
      await this.#save(this.#edited.seq, content);
      return;
    }
    const answered = this.#answered;
    this.#stopAnswering();
    this.#write("");
    this.#keep();
    try {
      await this.#host.send(content, answered);
    } catch (failure) {
      // A rejected message stays in the outbox, with its reason; one that was not accepted returns to the field.
      if (failure.code === "outbox_full") {
        this.rewrite(content);
        this.error.textContent = failure.message;
      }
    }
  }

  async #save(seq, content) {
    this.#saving = true;
    this.field.readOnly = true;
    try {
      await this.#host.edit(seq, content);
      this.#stopEditing();
    } catch (failure) {
      this.error.textContent = failure.message;
    } finally {
      this.#saving = false;
      this.field.readOnly = false;
    }
  }

  #context(name, title, text, cancel) {
    this.context.replaceChildren(
      icon(name),
      element("div", {}, element("strong", {}, title), text && element("span", { className: "hint", dir: "auto" }, text)),
      button({ className: "link", onclick: cancel }, "Cancel"),
    );
    this.context.hidden = false;
    this.error.textContent = "";
  }

  /** Restores the earlier text. */
  #stopEditing() {
    if (this.#edited) {
      this.#edited = null;
      this.#host.drafts.keep(this.#editKey, "");
      this.context.hidden = true;
      this.error.textContent = "";
      this.#write(this.#host.drafts.of(this.#host.room));
    }
  }

  #stopAnswering() {
    if (this.#answered) {
      this.#answered = null;
      this.context.hidden = true;
    }
  }

  #write(text) {
    this.field.value = text;
    this.mentions.close();
    if (text.includes("@")) {
      // Whom a draft of before names has to be known when it is sent.
      void this.#host.members.load();
    }
    this.#measure();
  }

  #keep() {
    const { value } = this.field;
    if (this.#edited) {
      this.#host.drafts.keep(this.#editKey, JSON.stringify({ ...this.#edited, content: value }));
    } else {
      this.#host.drafts.keep(this.#host.room, value);
    }
  }

  /** The tab in which the user types takes precedence over the others. */
  #changedElsewhere(text) {
    if (!this.#edited && focused(this.field) !== this.field) {
      this.#write(text);
    }
  }

  /** The field has no maximum length, because text that is cut off would be lost. */
  #measure() {
    const left = this.#left(this.field.value);
    this.rest.textContent = left < SHOWN_FROM ? (left < 0 ? `${-left} characters too many` : `${left} left`) : "";
    this.rest.classList.toggle("error", left < 0);
    if (!CSS.supports("field-sizing", "content")) {
      this.field.style.height = "auto";
      this.field.style.height = `${this.field.scrollHeight + 2}px`;
    }
  }

  #left(content) {
    return LIMIT - (content.length > LIMIT - SHOWN_FROM ? [...content].length : content.length);
  }
}
