// The directory of public rooms.

import { Dialog } from "../ui/dialog.js";
import { button, element } from "../ui/dom.js";
import { onTyped, PagedList } from "./paged-list.js";

export class DirectoryDialog {
  #client;

  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {{isMember: (room: string) => boolean, joined: (info: object) => void, open: (room: string) => void}} options
   */
  constructor(client, { isMember, joined, open }) {
    this.#client = client;
    this.dialog = new Dialog({ title: "Public rooms", className: "tall" });
    this.query = element("input", { type: "search", name: "query", maxLength: 80, placeholder: "Find a room", "aria-label": "Find a public room" });
    this.rooms = new PagedList({
      label: "Public rooms",
      empty: "No room of this name.",
      attempt: (action) => this.dialog.attempt(action),
      load: (after) => client.directory({ query: this.query.value.trim() || undefined, limit: 50, after }),
      item: (info) => {
        const member = isMember(info.id);
        const act = () => this.dialog.attempt(() => (member ? open(info.id) : this.#join(info, joined))).then((done) => done && this.dialog.close());
        return element(
          "li",
          {},
          element("div", {}, element("strong", { dir: "auto" }, info.name), element("span", { className: "hint", dir: "auto" }, info.topic ?? "")),
          button({ className: "secondary", "aria-label": `${member ? "Open" : "Join"} ${info.name}`, onclick: act }, member ? "Open" : "Join"),
        );
      },
    });
    this.dialog.body.append(element("div", { role: "search" }, this.query), this.rooms.node);
    onTyped(this.query, () => this.rooms.reload());
  }

  open() {
    this.query.value = "";
    this.rooms.clear();
    this.dialog.open();
    this.query.focus();
    void this.rooms.reload();
  }

  async #join(info, joined) {
    await this.#client.room(info.id).join();
    await joined(info);
  }
}
