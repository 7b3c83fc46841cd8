// Finds messages, and goes to their places.

import { Dialog } from "../ui/dialog.js";
import { button, element } from "../ui/dom.js";
import { briefTimeOf } from "../ui/format.js";
import { authorOf } from "./message-state.js";
import { onTyped, PagedList } from "./paged-list.js";

/** Characters around the first word that was found. */
const BEFORE = 40;
const AFTER = 160;

export class SearchDialog {
  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {{nameOf: (room: string) => string, goTo: (room: string, seq: number) => void}} options
   */
  constructor(client, { nameOf, goTo }) {
    this.dialog = new Dialog({ title: "Search messages", className: "tall" });
    this.query = element("input", { type: "search", name: "q", maxLength: 200, placeholder: "Words, or a \u201cphrase\u201d", "aria-label": "Search messages" });
    this.here = element("input", { type: "checkbox", name: "here" });
    this.label = element("span");
    this.only = element("label", { className: "inline" }, this.here, this.label);
    this.results = new PagedList({
      label: "Messages found",
      empty: "Nothing found.",
      attempt: (action) => this.dialog.attempt(action),
      load: (after) => client.search(this.query.value.trim(), { room: this.here.checked ? this.room : undefined, limit: 30, after }),
      item: (message) => {
        const open = () => {
          this.dialog.close();
          goTo(message.room, message.seq);
        };
        return element(
          "li",
          {},
          button(
            { className: "result", onclick: open },
            element(
              "span",
              { className: "hint" },
              element("strong", { dir: "auto" }, authorOf(message)),
              ` in ${nameOf(message.room)}, ${briefTimeOf(new Date(message.createdAt))}`,
            ),
            element("span", { dir: "auto" }, ...marked(message.content, wordsOf(this.query.value))),
          ),
        );
      },
    });
    this.dialog.body.append(element("div", { role: "search" }, this.query, this.only), this.results.node);
    const search = () => (this.query.value.trim() === "" ? this.results.clear() : this.results.reload());
    onTyped(this.query, search);
    this.here.addEventListener("change", search);
  }

  /** @param {string | null} room the one that is open */
  open(room) {
    if (this.room !== room) {
      this.results.clear();
      this.query.value = "";
      this.here.checked = false;
    }
    this.room = room;
    this.only.hidden = room === null;
    this.label.textContent = "Only in this room";
    this.dialog.open();
    this.query.focus();
    this.query.select();
  }
}

function wordsOf(query) {
  return (query.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).filter((word) => word !== "or");
}

/** The part of a text with the words in it, marked. */
function marked(text, words) {
  if (words.length === 0) {
    return [text.slice(0, BEFORE + AFTER)];
  }
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join("|")})`, "giu");
  const first = Math.max(0, text.search(pattern));
  const from = Math.max(0, first - BEFORE);
  const part = text.slice(from, first + AFTER);
  const nodes = [from > 0 ? "…" : ""];
  let end = 0;
  for (const match of part.matchAll(pattern)) {
    nodes.push(part.slice(end, match.index), element("mark", {}, match[0]));
    end = match.index + match[0].length;
  }
  nodes.push(part.slice(end), first + AFTER < text.length ? "…" : "");
  return nodes;
}
