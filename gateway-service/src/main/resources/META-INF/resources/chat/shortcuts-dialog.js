// The keys of the page.

import { Dialog } from "../ui/dialog.js";
import { element } from "../ui/dom.js";

const KEYS = [
  ["Everywhere", [
    ["Ctrl+K", "Find one of your rooms"],
    ["Ctrl+Shift+F", "Search messages"],
    ["Alt+↑, Alt+↓", "The room above or below"],
    ["Alt+Shift+↑, Alt+Shift+↓", "The next unread room above or below"],
    ["Ctrl+/", "This list"],
  ]],
  ["Writing", [
    ["Enter", "Send"],
    ["Shift+Enter", "New line"],
    ["@ and a name", "Mention a user: arrow keys choose, Enter or Tab takes"],
    ["↑ in an empty field", "Edit your last message"],
    ["Escape", "Stop editing or answering, else go to the messages"],
  ]],
  ["On a message", [
    ["↑, ↓, Page Up, Page Down", "Other messages"],
    ["Home, End", "The first, the last"],
    ["Enter", "Its buttons, Escape back"],
    ["R", "Reply"],
    ["E", "Edit"],
    ["+", "React"],
    ["U", "Mark as unread from here"],
    ["Delete", "Delete"],
    ["Escape", "Back to writing"],
  ]],
];

export class ShortcutsDialog {
  constructor() {
    this.dialog = new Dialog({ title: "Keyboard" });
    for (const [title, keys] of KEYS) {
      this.dialog.body.append(
        element("h3", {}, title),
        element("dl", { className: "keys" }, ...keys.flatMap(([key, what]) => [element("dt", {}, element("kbd", {}, key)), element("dd", {}, what)])),
      );
    }
  }

  open() {
    this.dialog.open();
  }
}

/**
 * The keys that work everywhere. All have a modifier, so that none is pressed by dictation or by mistake. Gives a function
 * that ends it.
 *
 * @param {{find: () => void, search: () => void, help: () => void, go: (by: number, unread: boolean) => void}} actions
 */
export function listenForShortcuts({ find, search, help, go }) {
  const pressed = (event) => {
    const control = (event.ctrlKey || event.metaKey) && !event.altKey;
    const key = event.key.toLowerCase();
    const arrow = { arrowup: -1, arrowdown: 1 }[key];
    if (document.querySelector("dialog[open]")) {
      return;
    }
    if (control && key === "k") {
      find();
    } else if (control && event.shiftKey && key === "f") {
      search();
    } else if (control && key === "/") {
      help();
    } else if (event.altKey && !event.ctrlKey && arrow) {
      go(arrow, event.shiftKey);
    } else {
      return;
    }
    event.preventDefault();
  };
  document.addEventListener("keydown", pressed);
  return () => document.removeEventListener("keydown", pressed);
}
