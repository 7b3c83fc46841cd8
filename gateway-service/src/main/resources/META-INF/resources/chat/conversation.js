// One room: its messages and the field to write. The page and the widget are made of this.

import { element } from "../ui/dom.js";
import { confirmed } from "../ui/dialog.js";
import { Composer } from "./composer.js";
import { EmojiPicker } from "./emoji-picker.js";
import { History } from "./history.js";
import { LinkPreviews } from "./link-previews.js";
import { Members } from "./members.js";
import { MessageList } from "./message-list.js";
import { authorOf, nameOfRoom } from "./message-state.js";
import { TypingLine } from "./typing-line.js";

/** In a busy room the read mark does not follow each message. */
const MARK_MS = 250;

export class Conversation {
  #off = [];
  #client;
  #room;
  #options;
  #history;
  #isKeptUnread = false;
  #lastSeen = 0;
  #marking = 0;
  /** By clientId, so that a message is there between its acknowledgement and its delivery. */
  #written = new Map();

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {import("/client/index.js").Room} options.room one that is followed
   * @param {import("./drafts.js").Drafts} options.drafts
   * @param {import("../ui/announcer.js").Announcer} options.announcer
   * @param {import("./link-previews.js").PreviewRequests} [options.previews] without them there are none
   * @param {(failure: Error) => void} options.failed shows a failed action
   */
  constructor(options) {
    const { client, room } = options;
    this.#client = client;
    this.#room = room;
    this.#options = options;
    this.#history = new History({
      client,
      room,
      changed: (from, to) => this.list?.changed(from, to),
      failed: (failure) => failure.code === "not_a_member" || options.failed(failure),
    });
    this.members = new Members(room, client.user?.id);
    this.picker = new EmojiPicker();
    this.typing = new TypingLine();
    this.composer = this.#composer();
    this.list = this.#list();
    this.node = element("div", { className: "conversation" }, this.list.node, this.typing.node, this.composer.node, this.picker.node);
    this.#listen();
    this.#pending();
  }

  /** To be called when the node is in the document: begins where the reader left off. */
  open() {
    const { unread, readSeq } = this.#room;
    if (unread > 0) {
      this.list.markUnread(readSeq + 1);
      this.list.goTo(readSeq + 1, { align: "start", flash: false });
    } else {
      this.list.toEnd();
    }
  }

  goTo(seq) {
    this.list.goTo(seq, { focus: true });
  }

  close() {
    this.#mark();
    this.#off.forEach((off) => off());
    this.#history.close();
    this.list.close();
    this.composer.close();
    this.typing.close();
    this.node.remove();
  }

  #composer() {
    const room = this.#room;
    return new Composer({
      label: nameOfRoom(room.info) ?? "the room",
      room: room.id,
      drafts: this.#options.drafts,
      members: this.members,
      say: (text) => this.#options.announcer.say(text),
      send: (content, answered) => this.#send(content, answered),
      edit: async (seq, content) => this.#history.put(await room.edit(seq, content)),
      typing: () => room.typing(),
      lastOwn: () => this.list.lastOwn,
      leave: () => this.list.focus(),
    });
  }

  #list() {
    const { previews } = this.#options;
    return new MessageList({
      label: nameOfRoom(this.#room.info) ?? "the room",
      history: this.#history,
      me: this.#client.user?.id,
      previews: previews && ((scroller) => new LinkPreviews(previews, scroller)),
      outbox: {
        retry: (clientId) => this.#client.retry(clientId),
        discard: (clientId) => this.#client.discard(clientId),
        rewrite: ({ clientId, content }) => {
          this.members.forget();
          this.composer.rewrite(content);
          this.#client.discard(clientId);
        },
      },
      allowed: (message) => this.#allowed(message),
      act: (action, message, beside) => this.#act(action, message, beside),
      toggleReaction: (message, emoji) => this.#react(message, emoji),
      leave: () => this.composer.focus(),
      seen: (seq) => this.#seen(seq),
    });
  }

  #allowed({ sender, deletedAt, imported }) {
    if (deletedAt) {
      return new Set();
    }
    const isMine = sender.id === this.#client.user?.id;
    const isOwner = this.#room.info?.role === "owner";
    return new Set(["react", "reply", "markUnread", ...(isMine && !imported ? ["edit"] : []), ...(isMine || isOwner ? ["remove"] : [])]);
  }

  #act(action, message, beside) {
    const actions = {
      react: () => this.picker.open(beside, (emoji) => this.#react(message, emoji)),
      reply: () => this.composer.answer(message),
      edit: () => this.composer.edit(message),
      markUnread: () => this.#markUnread(message.seq),
      remove: () => this.#remove(message),
    };
    actions[action]();
  }

  async #send(content, answered) {
    const sent = this.#room.send(content, { replyTo: answered?.seq, mentions: this.members.mentionedIn(content) });
    this.#isKeptUnread = false;
    this.list.markUnread(0);
    this.list.toEnd();
    await sent;
  }

  async #react({ seq, reactions = [] }, emoji) {
    const isMine = reactions.some((reaction) => reaction.emoji === emoji && reaction.mine);
    await this.#attempt(async () => {
      this.#history.put(await (isMine ? this.#room.unreact(seq, emoji) : this.#room.react(seq, emoji)));
    });
  }

  /** All members can read the reason for deleting another user's message. */
  async #remove(message) {
    const isMine = message.sender.id === this.#client.user?.id;
    const sure = await confirmed({
      title: "Delete this message?",
      text: `What ${authorOf(message)} wrote is gone for everyone. Only its place is left.`,
      action: "Delete",
      reason: isMine ? undefined : "Reason (optional), shown in the room",
      parent: this.node,
    });
    if (sure) {
      const query = sure.reason ? `?reason=${encodeURIComponent(sure.reason)}` : "";
      await this.#attempt(() => this.#client.request("DELETE", `/api/rooms/${this.#room.id}/messages/${message.seq}${query}`));
    }
  }

  async #attempt(action) {
    try {
      await action();
    } catch (failure) {
      this.#options.failed(failure);
    }
  }

  /** Until they come back to the room, or write, nothing more counts as read. */
  async #markUnread(seq) {
    this.#isKeptUnread = true;
    await this.#attempt(async () => {
      await this.#room.markUnread(seq);
      this.list.markUnread(seq);
    });
  }

  /** Marks visible messages as read while the user is active. */
  #seen(seq) {
    if (document.visibilityState === "visible" && !this.#isKeptUnread) {
      this.#lastSeen = Math.max(this.#lastSeen, seq);
      this.#marking ||= setTimeout(() => this.#mark(), MARK_MS);
    }
  }

  #mark() {
    clearTimeout(this.#marking);
    this.#marking = 0;
    if (this.#lastSeen > 0 && !this.#isKeptUnread) {
      this.#room.markRead(this.#lastSeen);
    }
  }

  #listen() {
    const room = this.#room;
    const pending = (entry) => entry.room === room.id && this.#pending();
    this.#off.push(
      room.on("typing", ({ user }) => this.typing.types(user)),
      room.on("message", (message) => this.#arrived(message)),
      this.#client.on("outbox", (entry) => {
        if (entry.room === room.id) {
          this.#written.set(entry.clientId, entry);
        }
        pending(entry);
      }),
      this.#client.on("sent", (ack) => this.#sent(ack)),
      this.#client.on("discarded", pending),
      this.#client.on("profile", ({ user }) => {
        this.members.learn(user);
        this.#history.renamed(user);
      }),
    );
    const shown = () => this.#shown();
    document.addEventListener("visibilitychange", shown);
    this.#off.push(() => document.removeEventListener("visibilitychange", shown));
  }

  #arrived(message) {
    const { sender, seq, content } = message;
    this.typing.wrote(sender.id);
    this.members.learn(sender);
    if (sender.id === this.#client.user?.id) {
      this.#pending();
    } else if (document.visibilityState === "visible") {
      this.#options.announcer.message(authorOf(message), content);
    } else if (this.list.firstUnread === 0) {
      this.list.markUnread(seq);
    }
  }

  /** In a room that is read to its end, messages that arrive while the user is away get a mark. */
  #shown() {
    if (document.visibilityState !== "visible" && this.#room.unread === 0) {
      this.list.markUnread(0);
    }
    this.list.refresh();
  }

  #sent({ room, clientId, seq, rev, createdAt }) {
    const written = this.#written.get(clientId);
    this.#written.delete(clientId);
    if (room === this.#room.id && written) {
      const { content, replyTo, mentions } = written;
      const { id, username } = this.#client.user;
      const sender = { id, username, displayName: this.#options.displayName ?? username };
      this.#history.put({ room, seq, rev, sender, clientId, content, createdAt, replyTo, mentions, reactions: [] });
    }
    this.#pending();
  }

  /** A message may be delivered before it is acknowledged; it is shown once. */
  #pending() {
    const delivered = new Set();
    for (let seq = this.#history.end; seq > Math.max(0, this.#history.end - 100); seq--) {
      const message = this.#history.get(seq);
      if (message && message.sender.id === this.#client.user?.id) {
        delivered.add(message.clientId);
      }
    }
    this.list.pending(this.#room.pending.filter(({ clientId }) => !delivered.has(clientId)));
  }
}
