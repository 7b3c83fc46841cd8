// Imports files into a room.

import { element } from "../ui/dom.js";
import { countOf, readableSize } from "../ui/format.js";
import { upload } from "./files.js";
import { JobDialog } from "./job-dialog.js";

export class ImportDialog {
  /** @param {import("/client/index.js").HeliographClient} client */
  constructor(client) {
    this.client = client;
    const files = element("input", { type: "file", name: "file", multiple: true, required: true, accept: ".txt,.jsonl,.zip" });
    const channel = element(
      "label",
      { hidden: true },
      "Channel of the Slack export",
      element("input", { name: "channel", maxLength: 100, placeholder: "general", autocomplete: "off" }),
    );
    this.dialog = new JobDialog({
      client,
      name: "import",
      submit: "Import",
      fields: [
        element("label", {}, "Files", files),
        element(
          "p",
          { className: "hint" },
          "Text with one message per line (.txt), JSON lines such as those of an export (.jsonl), or a Slack export (.zip).",
        ),
        channel,
      ],
      start: (form, options) => this.send(form, options),
      result: (job) => [reportOf(job.result.files)],
    });
    this.dialog.form.addEventListener("change", () => {
      channel.hidden = ![...files.files].some((file) => file.name.toLowerCase().endsWith(".zip"));
    });
  }

  open(room) {
    if (!this.dialog.pending) {
      this.room = room;
    }
    this.dialog.open(`Import into ${this.room.name}`);
  }

  remove() {
    this.dialog.remove();
  }

  send(form, options) {
    const channel = form.elements.channel.value.trim();
    const query = channel === "" || form.elements.channel.parentElement.hidden ? "" : `?channel=${encodeURIComponent(channel)}`;
    const body = new FormData();
    for (const file of form.elements.file.files) {
      body.append("file", file);
    }
    return upload(this.client, `/api/rooms/${this.room.id}/imports${query}`, body, options);
  }
}

function reportOf(files) {
  return element("ul", { className: "files" }, ...files.map(fileReport));
}

function fileReport(file) {
  const item = element(
    "li",
    {},
    element("strong", {}, file.name),
    element("span", { className: "hint" }, readableSize(file.bytes)),
    element("div", {}, countsOf(file)),
  );
  if (file.leftOut) {
    const { reactions, files } = file.leftOut;
    item.append(element("div", { className: "hint" }, `Not imported: ${countOf(reactions, "reaction")}, ${countOf(files, "file")}`));
  }
  if (file.error) {
    item.append(element("div", { className: "error" }, `This file could not be read to its end: ${file.error}.`));
  }
  if (file.errors) {
    item.append(element("ul", { className: "error" }, ...file.errors.map((fault) => element("li", {}, fault))));
  }
  return item;
}

function countsOf({ messages, repeated, skipped }) {
  const counts = [`${countOf(messages, "message")} imported`];
  if (repeated > 0) {
    counts.push(`${repeated.toLocaleString()} already there`);
  }
  if (skipped > 0) {
    counts.push(`${skipped.toLocaleString()} skipped`);
  }
  return counts.join(", ");
}
