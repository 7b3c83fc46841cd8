// What somebody sees who is signed in: their rooms beside the one that is open.

import { Announcer } from "../ui/announcer.js";
import { element, icon } from "../ui/dom.js";
import { Toasts } from "../ui/toasts.js";
import { AccountMenu } from "./account-menu.js";
import { ConnectionBanner } from "./connection-banner.js";
import { Conversation } from "./conversation.js";
import { DirectoryDialog } from "./directory-dialog.js";
import { Drafts } from "./drafts.js";
import { ExportDialog } from "./export-dialog.js";
import { ImportDialog } from "./import-dialog.js";
import { Invitations } from "./invitations.js";
import { PreviewRequests } from "./link-previews.js";
import { Membership } from "./membership.js";
import { NewRoomDialog } from "./new-room-dialog.js";
import { Notifications } from "./notifications.js";
import { RoomDialog } from "./room-dialog.js";
import { RoomsList } from "./rooms-list.js";
import { SearchDialog } from "./search-dialog.js";
import { listenForShortcuts, ShortcutsDialog } from "./shortcuts-dialog.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const $ = (id) => document.getElementById(id);

export class Workspace {
  #off = [];
  /** @type {import("/client/index.js").Room | null} */
  #room = null;
  /** @type {Conversation | null} */
  #conversation = null;

  /** @param {import("/client/index.js").HeliographClient} client */
  constructor(client) {
    this.client = client;
    this.toasts = new Toasts();
    this.announcer = new Announcer();
    this.banner = new ConnectionBanner();
    this.previews = new PreviewRequests(client);
    this.drafts = new Drafts(localStorage, client.user.id);
    this.rooms = new RoomsList({ client, hasDraft: (room) => this.drafts.of(room) !== "" });
    this.membership = new Membership(client, {
      added: (room, isNews) => this.#added(room, isNews),
      removed: (room, why) => this.#removed(room, why),
      failed: (failure) => this.toasts.fail(failure),
    });
    this.invitations = new Invitations(client, { accepted: (id) => this.#enter(id), failed: (failure) => this.toasts.fail(failure) });
    this.notifications = new Notifications({ client, nameOf: (id) => this.#nameOf(id), open: (id, seq) => this.goTo(id, seq) });
    this.#dialogs();
  }

  async open() {
    const { client } = this;
    $("app").hidden = false;
    $("banner").replaceChildren(this.banner.node);
    $("rooms").replaceChildren(this.rooms.node);
    $("invitations").replaceChildren(this.invitations.node);
    document.body.append(this.toasts.node, this.announcer.node);
    $("back").replaceChildren(icon("back"));
    $("search").replaceChildren(icon("search"));
    this.banner.show(client.state);
    this.#listen();
    this.#wire();
    await this.membership.start();
    $("no-rooms").hidden = this.rooms.size > 0;
    void this.invitations.load();
    await this.#route();
  }

  close() {
    this.#closeRoom();
    this.#off.forEach((off) => off());
    this.parts.forEach((part) => part.close?.());
    [this.toasts.node, this.announcer.node].forEach((node) => node.remove());
    this.dialogs.forEach((dialog) => dialog.remove());
    $("app").hidden = true;
    document.title = "Heliograph";
  }

  /** Opens a room at a message. */
  async goTo(id, seq) {
    if (this.#room?.id !== id) {
      await this.show(id);
    }
    this.#conversation?.goTo(seq);
  }

  /** Opens one of the reader's rooms. */
  async show(id) {
    const room = this.client.rooms.get(id);
    if (!room || room === this.#room) {
      this.#view("room");
      return;
    }
    this.#closeRoom();
    this.#room = room;
    void room.subscribe().catch(() => {});
    this.#conversation = new Conversation({
      client: this.client,
      room,
      drafts: this.drafts,
      announcer: this.announcer,
      previews: this.previews,
      displayName: this.me?.displayName,
      failed: (failure) => this.toasts.fail(failure),
    });
    $("nothing").hidden = true;
    $("room").append(this.#conversation.node);
    this.rooms.select(id);
    this.#view("room");
    this.#header();
    this.#conversation.open();
    if (!matchMedia("(pointer: coarse)").matches) {
      this.#conversation.composer.focus();
    }
  }

  #closeRoom() {
    this.#conversation?.close();
    this.#conversation = null;
    this.#room = null;
    $("nothing").hidden = false;
    this.#header();
  }

  #header() {
    const room = this.#room;
    document.querySelector("#room > header").hidden = !room;
    $("room-name").textContent = room?.info?.name ?? "";
    $("room-topic").textContent = room?.info?.topic ?? "";
    if (room) {
      $("details").replaceChildren(icon("people"), element("span", {}, String(room.online)));
      $("details").setAttribute("aria-label", `People and settings, ${room.online} online`);
    }
    this.#title();
  }

  #title() {
    const { unread } = this.rooms;
    const name = this.#room?.info?.name;
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${name ? `${name} – ` : ""}Heliograph`;
  }

  /** On a phone there is one column: the list or the room. */
  #view(view) {
    $("app").dataset.view = view;
  }

  /** What the address says: a room, or none. */
  async #route() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!UUID.test(id)) {
      this.#closeRoom();
      this.rooms.select(null);
      this.#view("list");
    } else if (this.rooms.has(id)) {
      await this.show(id);
    } else {
      await this.#attempt(() => this.#followLink(id));
    }
  }

  /** Anyone can send a link, so nobody joins a room by it without being asked. */
  async #followLink(id) {
    const info = await this.client.request("GET", `/api/rooms/${id}`);
    history.replaceState(null, "", location.pathname);
    const join = () => this.#attempt(async () => {
      await this.client.room(id).join();
      await this.#enter(id);
    });
    this.toasts.show(`You are not in the room “${info.name}”.`, { action: "Join", onAction: join });
  }

  /** The reader is in this room now. */
  async #enter(id) {
    await this.membership.refresh();
    location.hash = id;
  }

  #added(room, isNews) {
    this.rooms.add(room);
    $("no-rooms").hidden = true;
    if (isNews) {
      const open = () => (location.hash = room.id);
      this.toasts.show(`You are in the room “${room.info?.name}” now.`, { action: "Open", onAction: open });
    }
  }

  #removed(id, isNews) {
    const name = this.#nameOf(id);
    if (!this.rooms.has(id)) {
      return;
    }
    this.rooms.remove(id);
    $("no-rooms").hidden = this.rooms.size > 0;
    if (this.#room?.id === id) {
      location.hash = "";
    }
    if (isNews) {
      this.toasts.show(`You are not in the room “${name}” any more.`);
    }
  }

  #nameOf(id) {
    return this.client.rooms.get(id)?.info?.name ?? "a room";
  }

  #dialogs() {
    const { client } = this;
    const notice = (text) => this.toasts.show(text);
    const imports = new ImportDialog(client);
    this.exports = new ExportDialog(client);
    const directory = new DirectoryDialog(client, {
      isMember: (id) => this.rooms.has(id),
      joined: (info) => this.#enter(info.id),
      open: (id) => (location.hash = id),
    });
    const newRoom = new NewRoomDialog(client, (room) => {
      this.membership.learn(room);
      location.hash = room.id;
    });
    const search = new SearchDialog(client, { nameOf: (id) => this.#nameOf(id), goTo: (id, seq) => void this.#found(id, seq) });
    const details = new RoomDialog({
      client,
      notice,
      changed: (room) => {
        this.rooms.changed(room.id);
        this.#header();
      },
      left: (room) => this.membership.leave(room.id),
      importInto: (room) => imports.open({ id: room.id, name: room.info?.name }),
      exportFrom: (room) => this.exports.openForRoom({ id: room.id, name: room.info?.name }),
    });
    const shortcuts = new ShortcutsDialog();
    Object.assign(this, { directory, newRoom, search, details, shortcuts });
    this.dialogs = [imports, this.exports, ...[directory, newRoom, search, details, shortcuts].map(({ dialog }) => dialog)];
    this.account = new AccountMenu(this);
    this.parts = [this.rooms, this.membership, this.notifications, this.invitations];
  }

  async #found(id, seq) {
    if (this.#room?.id !== id) {
      history.pushState(null, "", `#${id}`);
    }
    await this.goTo(id, seq);
  }

  #listen() {
    const { client } = this;
    const header = ({ room }) => room === this.#room?.id && this.#header();
    this.#off.push(
      client.on("state", (state) => {
        this.banner.show(state);
        if (state.name === "live") {
          void this.invitations.load();
        }
      }),
      client.on("warning", (failure) => this.toasts.fail(failure)),
      client.on("joined", header),
      client.on("presence", header),
      client.on("unread", () => (this.titleTimer ??= setTimeout(() => {
        this.titleTimer = undefined;
        this.#title();
      }, 500))),
    );
  }

  #wire() {
    const on = (target, name, listener) => {
      target.addEventListener(name, listener);
      this.#off.push(() => target.removeEventListener(name, listener));
    };
    const go = (by, unread) => {
      const next = this.rooms.neighbour(this.#room?.id, by, unread);
      if (next) {
        location.hash = next;
      }
    };
    const search = () => this.search.open(this.#room?.id ?? null);
    on(globalThis, "hashchange", () => void this.#route());
    on($("back"), "click", () => (location.hash = ""));
    on($("details"), "click", () => this.details.open(this.#room));
    on($("search"), "click", search);
    on($("new-room"), "click", () => this.newRoom.open());
    on($("directory"), "click", () => this.directory.open());
    on($("skip"), "click", () => this.#conversation?.list.focus());
    on($("find"), "input", () => this.rooms.filter($("find").value));
    on($("find"), "keydown", (event) => {
      const first = this.rooms.node.querySelector("li:not([hidden]) a");
      if (event.key === "Enter" && first) {
        first.click();
      } else if (event.key === "ArrowDown" && first) {
        event.preventDefault();
        first.focus();
      } else if (event.key === "Escape") {
        $("find").value = "";
        this.rooms.filter("");
      }
    });
    this.#off.push(
      listenForShortcuts({
        find: () => {
          this.#view("list");
          $("find").focus();
        },
        search,
        help: () => this.shortcuts.open(),
        go,
      }),
      this.account.wire(),
    );
  }

  async #attempt(action) {
    try {
      await action();
    } catch (failure) {
      this.toasts.fail(failure);
    }
  }
}
