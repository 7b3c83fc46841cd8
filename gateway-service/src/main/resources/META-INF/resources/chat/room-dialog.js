// The description, the members and the actions of a room.

import { confirmed, Dialog } from "../ui/dialog.js";
import { button, element } from "../ui/dom.js";
import { countOf } from "../ui/format.js";
import { nameOfRoom } from "./message-state.js";
import { People } from "./people.js";

export class RoomDialog {
  #off = [];
  #options;

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {(room: import("/client/index.js").Room) => void} options.changed
   * @param {(room: import("/client/index.js").Room) => void} options.leaving is called before the request is sent
   * @param {(room: import("/client/index.js").Room) => void} options.left
   * @param {(room: import("/client/index.js").Room) => void} options.importInto
   * @param {(room: import("/client/index.js").Room) => void} options.exportFrom
   * @param {(user: object) => Promise<void>} options.message opens the direct room with a user
   * @param {(text: string) => void} options.notice
   */
  constructor(options) {
    this.#options = options;
    this.dialog = new Dialog({ title: "Room", className: "tall" });
    this.dialog.node.id = "room-dialog";
    this.dialog.node.addEventListener("close", () => this.#off.splice(0).forEach((off) => off()));
  }

  /** @param {import("/client/index.js").Room} room */
  open(room) {
    const { client, notice, message } = this.#options;
    const isOwner = room.info?.role === "owner";
    this.dialog.title.textContent = nameOfRoom(room.info) ?? "Room";
    const online = element("p", { className: "hint" });
    const count = () => (online.textContent = `${countOf(room.online, "person")} online`.replace("persons", "people"));
    count();
    const people = new People({ client, room, isOwner, dialog: this.dialog, notice, message });
    this.#off.push(room.on("presence", count), () => people.close());
    this.dialog.body.replaceChildren(isOwner ? this.#settings(room) : element("p", {}, room.info?.topic ?? ""), online, people.node, this.#tools(room, isOwner));
    this.dialog.open();
    people.load();
  }

  #settings(room) {
    const name = element("input", { name: "name", required: true, maxLength: 80, value: room.info?.name ?? "", autocomplete: "off" });
    const topic = element("input", { name: "topic", maxLength: 250, value: room.info?.topic ?? "", autocomplete: "off" });
    const form = element(
      "form",
      { className: "settings" },
      element("label", {}, "Name", name),
      element("label", {}, "Topic", topic),
      element("button", { type: "submit", className: "secondary" }, "Save"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.dialog.attempt(async () => {
        const body = { name: name.value.trim(), topic: topic.value.trim() };
        const info = await this.#options.client.request("PATCH", `/api/rooms/${room.id}`, { body });
        room.info = { ...room.info, name: info.name, topic: info.topic };
        this.dialog.title.textContent = info.name;
        this.#options.changed(room);
        this.#options.notice("Saved.");
      });
    });
    return form;
  }

  #end(room, question, act) {
    return async () => {
      if (await confirmed(question)) {
        this.#options.leaving(room);
        if (await this.dialog.attempt(act)) {
          this.dialog.close();
          this.#options.left(room);
        }
      }
    };
  }

  #tools(room, isOwner) {
    const { client, importInto, exportFrom, notice } = this.#options;
    const link = async () => {
      await navigator.clipboard.writeText(`${location.origin}/#${room.id}`);
      notice("The link is copied.");
    };
    const name = nameOfRoom(room.info) ?? "this room";
    const end = (title, text, action, act) => this.#end(room, { title, text, action }, act);
    const leave = end(`Leave ${name}?`, "You get no messages of it any more.", "Leave", () => room.leave());
    const remove = end(`Delete ${name}?`, "The room and all its messages are gone for everyone.", "Delete", () =>
      client.request("DELETE", `/api/rooms/${room.id}`),
    );
    return element(
      "div",
      { className: "tools" },
      button({ className: "secondary", onclick: () => this.dialog.attempt(link) }, "Copy link"),
      isOwner ? button({ className: "secondary", id: "import", "aria-haspopup": "dialog", onclick: () => importInto(room) }, "Import") : null,
      isOwner ? button({ className: "secondary", id: "export", "aria-haspopup": "dialog", onclick: () => exportFrom(room) }, "Export") : null,
      button({ className: "secondary", id: "leave", onclick: leave }, "Leave"),
      isOwner ? button({ className: "danger", id: "delete", onclick: remove }, "Delete room") : null,
    );
  }
}
