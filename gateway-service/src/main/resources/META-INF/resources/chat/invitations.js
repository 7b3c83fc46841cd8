// Invitations into rooms, to be accepted or declined.

import { button, element } from "../ui/dom.js";

export class Invitations {
  #client;
  #host;

  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {{accepted: (room: string) => Promise<void>, failed: (failure: Error) => void}} host
   */
  constructor(client, host) {
    this.#client = client;
    this.#host = host;
    this.list = element("ul", { "aria-label": "Invitations" });
    // The server publishes no invitations: they are read whenever the user returns to the page.
    this.shown = () => document.visibilityState === "visible" && void this.load();
    document.addEventListener("visibilitychange", this.shown);
    this.node = element("section", { className: "invitations", hidden: true }, element("h2", {}, "Invitations"), this.list);
  }

  close() {
    document.removeEventListener("visibilitychange", this.shown);
    this.node.remove();
  }

  async load() {
    try {
      const { items } = await this.#client.request("GET", "/api/rooms/invitations?limit=20");
      this.list.replaceChildren(...items.map((invitation) => this.#item(invitation)));
      this.node.hidden = items.length === 0;
    } catch (failure) {
      if (failure.code !== "signed_out") {
        this.#host.failed(failure);
      }
    }
  }

  #item({ room, invitedBy, role }) {
    const path = `/api/rooms/${room.id}/members/${this.#client.user.id}`;
    const by = invitedBy ? ` by ${invitedBy.displayName ?? invitedBy.username}` : "";
    const answer = (method, body) => async () => {
      try {
        await this.#client.request(method, path, { body });
        await (method === "PUT" ? this.#host.accepted(room.id) : undefined);
        await this.load();
      } catch (failure) {
        this.#host.failed(failure);
      }
    };
    return element(
      "li",
      {},
      element("div", {}, element("strong", { dir: "auto" }, room.name), element("span", { className: "hint" }, `${role === "owner" ? "as owner" : "invited"}${by}`)),
      button({ "aria-label": `Accept the invitation into ${room.name}`, onclick: answer("PUT", { role }) }, "Accept"),
      button({ className: "secondary", "aria-label": `Decline the invitation into ${room.name}`, onclick: answer("DELETE") }, "Decline"),
    );
  }
}
