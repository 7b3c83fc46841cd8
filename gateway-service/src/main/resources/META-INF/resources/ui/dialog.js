// A modal dialog with a title, a close button and a place for an error.

import { element, iconButton } from "./dom.js";

let dialogs = 0;

export class Dialog {
  /**
   * @param {{title: string, className?: string, parent?: Element}} options the parent is the body of the page, unless the
   *   dialog belongs into a shadow tree
   */
  constructor({ title, className = "", parent = document.body }) {
    const id = `dialog-${++dialogs}`;
    this.title = element("h2", { id }, title);
    this.error = element("p", { className: "error", role: "alert" });
    this.body = element("div", { className: "dialog-body" });
    this.node = element(
      "dialog",
      { className, "aria-labelledby": id },
      element("header", {}, this.title, iconButton("close", "Close", { onclick: () => this.close() })),
      this.body,
      this.error,
    );
    // A press on the backdrop; inside, the target is a child.
    this.node.addEventListener("click", ({ target }) => target === this.node && this.close());
    parent.append(this.node);
  }

  /** The browser restores the focus when the dialog closes. */
  open() {
    this.error.textContent = "";
    if (!this.node.open) {
      this.node.showModal();
    }
  }

  close() {
    this.node.close();
  }

  remove() {
    this.node.close();
    this.node.remove();
  }

  /** Runs the action, and shows the reason if it fails. Returns whether it succeeded. */
  async attempt(action) {
    this.error.textContent = "";
    try {
      await action();
      return true;
    } catch (failure) {
      this.error.textContent = failure.message;
      return false;
    }
  }
}

const MAX_REASON = 500;

/**
 * Asks before something that cannot be taken back. Resolves with false, or, if it is to be done, with the reason that was
 * given, which may be "". `reason` is the label of the field for it, which is there only with a label.
 */
export function confirmed({ title, text, action, reason, parent }) {
  return new Promise((resolve) => {
    const dialog = new Dialog({ title, parent, className: "small" });
    let agreed = false;
    const why = element("input", { name: "reason", maxLength: MAX_REASON, autocomplete: "off" });
    const agree = element("button", { type: "submit", className: "danger" }, action);
    const form = element(
      "form",
      { method: "dialog" },
      element("p", {}, text),
      reason ? element("label", {}, reason, why) : null,
      element(
        "div",
        { className: "buttons" },
        element("button", { type: "button", className: "secondary", onclick: () => dialog.close() }, "Cancel"),
        agree,
      ),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      agreed = true;
      dialog.close();
    });
    dialog.body.append(form);
    dialog.node.addEventListener("close", () => {
      dialog.node.remove();
      resolve(agreed && { reason: why.value.trim() });
    });
    dialog.open();
    (reason ? why : agree).focus();
  });
}
