// The view of a signed-in user: the list of rooms beside the open one.

import { Announcer } from "../ui/announcer.js";
import { icon } from "../ui/dom.js";
import { Toasts } from "../ui/toasts.js";
import { AccountMenu } from "./account-menu.js";
import { ConnectionBanner } from "./connection-banner.js";
import { Conversation } from "./conversation.js";
import { Dialogs } from "./dialogs.js";
import { Drafts } from "./drafts.js";
import { Invitations } from "./invitations.js";
import { PreviewRequests } from "./link-previews.js";
import { Membership } from "./membership.js";
import { nameOfRoom } from "./message-state.js";
import { Notifications } from "./notifications.js";
import { showRoomHeader } from "./room-header.js";
import { RoomsList } from "./rooms-list.js";
import { listenForShortcuts } from "./shortcuts-dialog.js";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const NEWS_MS = 1_000;

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
      removed: (room, isNews) => this.#removed(room, isNews),
      changed: (room) => this.#described(room),
      failed: (failure) => this.toasts.fail(failure),
    });
    this.invitations = new Invitations(client, { accepted: (id) => this.#enter(id), failed: (failure) => this.toasts.fail(failure) });
    this.notifications = new Notifications({ client, nameOf: (id) => this.#nameOf(id), open: (id, seq) => this.goTo(id, seq) });
    this.dialogs = new Dialogs(client, {
      rooms: this.rooms,
      membership: this.membership,
      notice: (text) => this.toasts.show(text),
      enter: (id) => this.#enter(id),
      open: (id) => (location.hash = id),
      goTo: (id, seq) => void this.#found(id, seq),
      described: (id) => this.#described(id),
    });
    this.account = new AccountMenu(this);
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
    [this.rooms, this.membership, this.notifications, this.invitations].forEach((part) => part.close());
    [this.toasts.node, this.announcer.node].forEach((node) => node.remove());
    this.dialogs.remove();
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
    showRoomHeader(this.#room);
    this.#title();
  }

  #title() {
    const { unread } = this.rooms;
    const name = nameOfRoom(this.#room?.info);
    document.title = `${unread > 0 ? `(${unread}) ` : ""}${name ? `${name} – ` : ""}Heliograph`;
  }

  /** On a phone there is one column: the list or the room. */
  #view(view) {
    $("app").dataset.view = view;
  }

  /** The room in the address, or none. */
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

  /** Anyone can send a link, so the user confirms before joining a room by it. */
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
    this.membership.expect(id);
    await this.membership.refresh();
    location.hash = id;
  }

  /** A room has another name or topic. */
  #described(id) {
    this.rooms.changed(id);
    if (id === this.#room?.id) {
      this.#header();
    }
  }

  #added(room, isNews) {
    this.rooms.add(room);
    $("no-rooms").hidden = true;
    if (isNews) {
      setTimeout(() => this.#welcome(room.id), NEWS_MS);
    }
  }

  /** A room that the user created or joined in this tab is already open. */
  #welcome(id) {
    if (this.#room?.id !== id && this.rooms.has(id)) {
      const open = () => (location.hash = id);
      const name = this.#nameOf(id);
      const isDirect = this.client.rooms.get(id)?.info?.kind === "direct";
      this.toasts.show(isDirect ? `${name} can write to you now.` : `You are in the room “${name}” now.`, { action: "Open", onAction: open });
    }
  }

  #removed(id, isNews) {
    const name = this.rooms.nameOf(id);
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
    return this.rooms.nameOf(id) ?? "a room";
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
      client.on("profile", ({ user }) => {
        this.account.renamed(user);
        this.#header();
      }),
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
    const search = () => this.dialogs.search.open(this.#room?.id ?? null);
    on(globalThis, "hashchange", () => void this.#route());
    on($("back"), "click", () => (location.hash = ""));
    on($("details"), "click", () => this.dialogs.details.open(this.#room));
    on($("search"), "click", search);
    on($("new-room"), "click", () => this.dialogs.newRoom.open());
    on($("directory"), "click", () => this.dialogs.directory.open());
    on($("skip"), "click", () => this.#conversation?.list.focus());
    this.rooms.filterBy($("find"));
    // Also the room that is open, which changes no address.
    on(this.rooms.node, "click", ({ target }) => target.closest("a") && this.#view("room"));
    this.#off.push(
      listenForShortcuts({
        find: () => {
          this.#view("list");
          $("find").focus();
        },
        search,
        help: () => this.dialogs.shortcuts.open(),
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
