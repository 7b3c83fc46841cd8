// Makes a room.

import { Dialog } from "../ui/dialog.js";
import { element } from "../ui/dom.js";

export class NewRoomDialog {
  /**
   * @param {import("/client/index.js").HeliographClient} client
   * @param {(room: import("/client/index.js").Room) => void} created
   */
  constructor(client, created) {
    this.dialog = new Dialog({ title: "New room" });
    this.name = element("input", { name: "name", required: true, maxLength: 80, autocomplete: "off" });
    this.topic = element("input", { name: "topic", maxLength: 250, autocomplete: "off" });
    const option = (value, title, text, checked) =>
      element(
        "label",
        { className: "option" },
        element("input", { type: "radio", name: "visibility", value, checked }),
        element("span", {}, element("strong", {}, title), element("span", { className: "hint" }, text)),
      );
    this.form = element(
      "form",
      {},
      element("label", {}, "Name", this.name),
      element("label", {}, "Topic (optional)", this.topic),
      element(
        "fieldset",
        {},
        element("legend", {}, "Who may come in"),
        option("private", "Private", "Only people who are added see it.", true),
        option("public", "Public", "Everyone finds it in the directory and may join.", false),
      ),
      element("button", { type: "submit" }, "Create"),
    );
    this.dialog.body.append(this.form);
    const submit = this.form.querySelector("[type=submit]");
    this.form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const topic = this.topic.value.trim();
      const { value: visibility } = this.form.elements.visibility;
      submit.disabled = true;
      const done = await this.dialog.attempt(async () => {
        created(await client.createRoom({ name: this.name.value.trim(), visibility, ...(topic && { topic }) }));
      });
      submit.disabled = false;
      if (done) {
        this.form.reset();
        this.dialog.close();
      }
    });
  }

  open() {
    this.dialog.open();
    this.name.focus();
  }
}
