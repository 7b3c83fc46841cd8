// Exports the messages of a room, or all that is stored about oneself.

import { element } from "../ui/dom.js";
import { readableSize } from "../ui/format.js";
import { download } from "./files.js";
import { JobDialog } from "./job-dialog.js";

export class ExportDialog {
  /** @param {import("/client/index.js").HeliographClient} client */
  constructor(client) {
    this.client = client;
    this.hint = element("p", { className: "hint" });
    this.dialog = new JobDialog({
      client,
      name: "export",
      submit: "Export",
      fields: [this.hint],
      start: () => client.request("POST", this.path),
      result: (job) => this.link(job.result),
    });
  }

  openForRoom(room) {
    this.open(
      `Export ${room.name}`,
      `/api/rooms/${room.id}/exports`,
      "All messages of this room as JSON lines (.jsonl), which can be imported into another room.",
    );
  }

  openForMe() {
    this.open(
      "Export my data",
      "/api/users/me/exports",
      "All that is stored about you, your messages included, as JSON lines (.jsonl).",
    );
  }

  open(title, path, hint) {
    if (!this.dialog.pending) {
      this.path = path;
      this.hint.textContent = hint;
    }
    this.dialog.open(title);
  }

  remove() {
    this.dialog.remove();
  }

  link({ url, bytes }) {
    const button = element("button", { type: "button" }, `Download (${readableSize(bytes)})`);
    button.addEventListener("click", () => this.save(button, url));
    return [element("p", { className: "hint" }, "The file is kept for some days."), button];
  }

  /** The file needs the token, which a plain link would not send. */
  async save(button, url) {
    button.disabled = true;
    this.dialog.error.textContent = "";
    try {
      const { blob, name } = await download(this.client, url);
      const link = element("a", { href: URL.createObjectURL(blob), download: name });
      link.click();
      // The browser has opened it by then.
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    } catch (failure) {
      this.dialog.error.textContent = failure.message;
    } finally {
      button.disabled = false;
    }
  }
}
