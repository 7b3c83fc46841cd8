// One room: its messages and the field to write. The page and the widget are made of this.

import { element } from "../ui/dom.js";
import { confirmed } from "../ui/dialog.js";
import { Composer } from "./composer.js";
import { EmojiPicker } from "./emoji-picker.js";
import { History } from "./history.js";
import { LinkPreviews } from "./link-previews.js";
import { MessageList } from "./message-list.js";
import { authorOf } from "./message-state.js";
import { TypingLine } from "./typing-line.js";

export class Conversation {
  #off = [];
  #client;
  #room;
  #options;
  #history;

  /**
   * @param {object} options
   * @param {import("/client/index.js").HeliographClient} options.client
   * @param {import("/client/index.js").Room} options.room one that is followed
   * @param {import("./drafts.js").Drafts} options.drafts
   * @param {import("../ui/announcer.js").Announcer} options.announcer
   * @param {import("./link-previews.js").PreviewRequests} [options.previews] without them there are none
   * @param {(failure: Error) => void} options.failed shows what could not be done
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
      label: room.info?.name ?? "the room",
      room: room.id,
      drafts: this.#options.drafts,
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
      label: this.#room.info?.name ?? "the room",
      history: this.#history,
      me: this.#client.user?.id,
      previews: previews && ((scroller) => new LinkPreviews(previews, scroller)),
      outbox: {
        retry: (clientId) => this.#client.retry(clientId),
        discard: (clientId) => this.#client.discard(clientId),
        rewrite: ({ clientId, content }) => {
          this.composer.rewrite(content);
          this.#client.discard(clientId);
        },
      },
      allowed: (message) => this.#allowed(message),
      act: (action, message, beside) => this.#act(action, message, beside),
      toggleReaction: (message, emoji) => this.#react(message, emoji),
      seen: (seq) => this.#seen(seq),
    });
  }

  #allowed({ sender, deletedAt, imported }) {
    if (deletedAt) {
      return new Set();
    }
    const isMine = sender.id === this.#client.user?.id;
    const isOwner = this.#room.info?.role === "owner";
    return new Set(["react", ...(isMine && !imported ? ["edit"] : []), ...(isMine || isOwner ? ["remove"] : [])]);
  }

  #act(action, message, beside) {
    const actions = {
      react: () => this.picker.open(beside, (emoji) => this.#react(message, emoji)),
      edit: () => this.composer.edit(message),
      remove: () => this.#remove(message),
    };
    actions[action]();
  }

  async #send(content, answered) {
    const sent = this.#room.send(content, answered ? { replyTo: answered.seq } : {});
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

  async #remove(message) {
    const sure = await confirmed({
      title: "Delete this message?",
      text: `What ${authorOf(message)} wrote is gone for everyone. Only its place is left.`,
      action: "Delete",
      parent: this.node,
    });
    if (sure) {
      await this.#attempt(() => this.#room.delete(message.seq));
    }
  }

  async #attempt(action) {
    try {
      await action();
    } catch (failure) {
      this.#options.failed(failure);
    }
  }

  /** What is on the screen of somebody who is there is read. */
  #seen(seq) {
    if (document.visibilityState === "visible") {
      this.#room.markRead(seq);
    }
  }

  #listen() {
    const room = this.#room;
    const pending = (entry) => entry.room === room.id && this.#pending();
    this.#off.push(
      room.on("typing", ({ user }) => this.typing.types(user)),
      room.on("message", (message) => this.#arrived(message)),
      this.#client.on("outbox", (entry) => this.#written(entry)),
      this.#client.on("outbox", pending),
      this.#client.on("sent", (ack) => this.#sent(ack)),
      this.#client.on("discarded", pending),
    );
    const shown = () => this.#shown();
    document.addEventListener("visibilitychange", shown);
    this.#off.push(() => document.removeEventListener("visibilitychange", shown));
  }

  #arrived(message) {
    const { sender, seq, content } = message;
    this.typing.wrote(sender.id);
    if (sender.id === this.#client.user?.id) {
      this.#pending();
    } else if (document.visibilityState === "visible") {
      this.#options.announcer.message(authorOf(message), content);
    } else if (this.list.firstUnread === 0) {
      this.list.markUnread(seq);
    }
  }

  /** Who leaves a room that is read to its end finds a mark at what comes meanwhile. */
  #shown() {
    if (document.visibilityState !== "visible" && this.#room.unread === 0) {
      this.list.markUnread(0);
    }
    this.list.refresh();
  }

  /** By clientId, so that a message is there between its acknowledgement and its delivery. */
  #contents = new Map();

  #written({ room, clientId, content }) {
    if (room === this.#room.id) {
      this.#contents.set(clientId, content);
    }
  }

  #sent({ room, clientId, seq, rev, createdAt }) {
    const content = this.#contents.get(clientId);
    if (room === this.#room.id && content !== undefined) {
      this.#contents.delete(clientId);
      const { id, username } = this.#client.user;
      const sender = { id, username, displayName: this.#options.displayName ?? username };
      this.#history.put({ room, seq, rev, sender, clientId, content, createdAt, reactions: [] });
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
