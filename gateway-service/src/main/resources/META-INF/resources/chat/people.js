// The members of a room, their presence, adding of others, and bans.

import { button, element } from "../ui/dom.js";
import { fullTimeOf } from "../ui/format.js";
import { manageMember } from "./member-dialog.js";
import { onTyped, PagedList } from "./paged-list.js";
import { nameOf, personItem } from "./person.js";

export class People {
  #options;
  #online = new Set();

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {import("/client/index.js").Room} options.room
   * @param {boolean} options.isOwner
   * @param {import("../ui/dialog.js").Dialog} options.dialog
   * @param {(user: object) => Promise<void>} options.message opens the direct room with a user
   * @param {(text: string) => void} options.notice
   */
  constructor(options) {
    const { client, room, isOwner, dialog } = options;
    this.#options = options;
    const attempt = (action) => dialog.attempt(action);
    this.members = new PagedList({
      label: "Members",
      empty: "",
      attempt,
      load: (after) => room.members({ limit: 50, after }),
      item: (member) => this.#member(member),
    });
    this.query = element("input", { type: "search", name: "person", maxLength: 64, placeholder: "Name of a person", "aria-label": "Add people", autocomplete: "off" });
    this.found = new PagedList({
      label: "People found",
      empty: "Nobody of this name.",
      attempt,
      load: (after) => client.findUsers(this.query.value.trim(), { limit: 10, after }),
      item: (user) => this.#candidate(user),
    });
    this.bans = new PagedList({
      label: "Banned people",
      empty: "Nobody is banned.",
      attempt,
      load: (after) => client.request("GET", `/api/rooms/${room.id}/bans?limit=50${after ? `&after=${after}` : ""}`),
      item: (ban) => this.#banned(ban),
    });
    onTyped(this.query, (text) => (text === "" ? this.found.clear() : this.found.reload()));
    this.node = element("div", { className: "people" });
    if (isOwner) {
      this.node.append(element("h3", {}, "Add people"), element("div", { role: "search" }, this.query), this.found.node);
    }
    this.node.append(element("h3", {}, "Members"), this.members.node);
    // A direct room has no bans.
    this.hasBans = isOwner && room.info?.kind !== "direct";
    if (this.hasBans) {
      this.node.append(element("h3", {}, "Banned"), this.bans.node);
    }
    this.off = room.on("presence", ({ user, state }) => this.#presence(user.id, state === "online"));
  }

  close() {
    this.off();
  }

  async load() {
    const { room, dialog } = this.#options;
    await dialog.attempt(async () => {
      const { items } = await room.presence({ limit: 200 });
      this.#online = new Set(items.map(({ user }) => user.id));
    });
    await this.#reload();
  }

  async #reload() {
    await Promise.all([this.members.reload(), this.hasBans && this.bans.reload()]);
  }

  #presence(id, isOnline) {
    this.#online[isOnline ? "add" : "delete"](id);
    this.members.list.querySelectorAll("li").forEach((item) => item.dataset.user === id && this.#mark(item));
  }

  #mark(item) {
    const isOnline = this.#online.has(item.dataset.user);
    item.querySelector(".presence").className = `presence ${isOnline ? "online" : ""}`;
    item.querySelector(".presence").textContent = isOnline ? "online" : "";
  }

  #member(member) {
    const { user, role } = member;
    const { client, room, isOwner, dialog, message, notice } = this.#options;
    const isMe = user.id === client.user?.id;
    const item = personItem(user, `${role === "owner" ? " · owner" : ""}${isMe ? " · you" : ""}`);
    item.append(element("span", { className: "presence" }));
    item.dataset.user = user.id;
    this.#mark(item);
    if (!isMe && room.info?.kind !== "direct") {
      const write = async () => (await dialog.attempt(() => message(user))) && dialog.close();
      item.append(button({ className: "link", "aria-label": `Message ${nameOf(user)}`, onclick: write }, "Message"));
    }
    if (isOwner && !isMe) {
      const done = (text) => {
        notice(text);
        void this.#reload();
      };
      const manage = () => manageMember({ client, room, member, done });
      const label = `Manage ${nameOf(user)}`;
      item.append(button({ className: "link", "aria-label": label, "aria-haspopup": "dialog", onclick: manage }, "Manage"));
    }
    return item;
  }

  #candidate(user) {
    const { room, dialog, notice } = this.#options;
    const add = button({ className: "secondary", "aria-label": `Add ${nameOf(user)}` }, "Add");
    add.addEventListener("click", () =>
      dialog.attempt(async () => {
        // If the setting is to invite users, the result is an invitation.
        const { invitedBy } = (await room.addMember(user.id)) ?? {};
        add.disabled = true;
        add.textContent = invitedBy === undefined ? "Added" : "Invited";
        notice(`${nameOf(user)} is ${invitedBy === undefined ? "in the room" : "invited"}.`);
        await this.members.reload();
      }),
    );
    const item = personItem(user);
    item.append(add);
    return item;
  }

  #banned({ user, reason, until }) {
    const { client, room, dialog, notice } = this.#options;
    const item = personItem(user, ` · ${until ? `until ${fullTimeOf(new Date(until))}` : "for ever"}${reason ? ` · ${reason}` : ""}`);
    const lift = () =>
      dialog.attempt(async () => {
        await client.request("DELETE", `/api/rooms/${room.id}/bans/${user.id}`);
        notice(`${nameOf(user)} may come into the room again.`);
        await this.bans.reload();
      });
    item.append(button({ className: "link", "aria-label": `Lift the ban of ${nameOf(user)}`, onclick: lift }, "Lift the ban"));
    return item;
  }
}
