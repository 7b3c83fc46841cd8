// Modal dialogs: questions, lists, and secrets that are shown once.

import { element } from "/ui/dom.js";
import { button, describe } from "./parts.js";

let dialogs = 0;

/** A dialog that is removed when it is closed, by its button, by Escape or by its action. */
function open(title, ...content) {
  const id = `dialog-${++dialogs}`;
  const node = element("dialog", { "aria-labelledby": id }, element("h2", { id }, title), ...content);
  node.addEventListener("close", () => node.remove());
  document.body.append(node);
  node.showModal();
  return node;
}

/**
 * Shows a form, or without fields a confirmation, and runs its action. A rejection is shown
 * in the dialog, which stays open. Returns the result of `run`, or undefined if the dialog was cancelled.
 *
 * A field is `{name, label, type, value, hint}` and the other properties of its input; of the type `choices` it has
 * `options`, of which several may be chosen, of the type `select` one.
 */
export function ask({ title, text, fields = [], submit, danger = false, run }) {
  return new Promise((resolve) => {
    let result;
    const error = element("p", { className: "error", role: "alert" });
    const send = element("button", { type: "submit", className: danger ? "danger" : "" }, submit);
    const cancel = button("Cancel", () => dialog.close());
    const form = element(
      "form",
      { className: "form" },
      ...(text ? [element("p", {}, text)] : []),
      ...fields.map(control),
      error,
      element("div", { className: "buttons" }, cancel, send),
    );
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      error.textContent = "";
      send.disabled = true;
      try {
        result = await run(values(form, fields));
        dialog.close();
      } catch (failure) {
        error.textContent = describe(failure);
      } finally {
        send.disabled = false;
      }
    });
    const dialog = open(title, form);
    dialog.addEventListener("close", () => resolve(result));
    (form.querySelector("input, select, textarea") ?? cancel).focus();
  });
}

/** Shows a list, which is loaded once the dialog is there. */
export function showList(title, list, ...tools) {
  const dialog = open(
    title,
    element("div", { className: "panel" }, ...tools, list.node),
    element("div", { className: "buttons" }, button("Close", () => dialog.close())),
  );
  dialog.querySelector(".buttons button").focus();
  list.reload();
}

/** Shows a value that cannot be read again. */
export function showSecret(title, text, secret) {
  return new Promise((resolve) => {
    const shown = element("code", { className: "secret", tabIndex: 0 }, secret);
    const copy = button("Copy", async () => {
      try {
        await navigator.clipboard.writeText(secret);
        copy.textContent = "Copied";
      } catch {
        getSelection().selectAllChildren(shown);
      }
    });
    const done = button("Done", () => dialog.close(), "");
    const dialog = open(
      title,
      element("div", { className: "panel" }, element("p", {}, text), shown),
      element("div", { className: "buttons" }, copy, done),
    );
    dialog.addEventListener("close", () => resolve());
  });
}

function control({ name, label, type = "text", hint, options, value, ...properties }) {
  const parts = hint ? [element("span", { className: "hint" }, hint)] : [];
  if (type === "choices") {
    const boxes = options.map((option) => {
      const input = element("input", { type: "checkbox", name, value: option, checked: value.includes(option) });
      return element("label", { className: "choice" }, input, option);
    });
    return element("fieldset", {}, element("legend", {}, label), ...boxes, ...parts);
  }
  const input =
    type === "select"
      ? element("select", { name }, ...options.map(([key, text]) => element("option", { value: key }, text)))
      : element(type === "textarea" ? "textarea" : "input", { name, ...(type === "textarea" ? {} : { type }), ...properties });
  if (value !== undefined) {
    input.value = value;
  }
  return element("label", {}, label, input, ...parts);
}

function values(form, fields) {
  const data = new FormData(form);
  return Object.fromEntries(
    fields.map(({ name, type }) => {
      const value = data.get(name) ?? "";
      return [name, type === "choices" ? data.getAll(name) : type === "password" ? value : value.trim()];
    }),
  );
}
