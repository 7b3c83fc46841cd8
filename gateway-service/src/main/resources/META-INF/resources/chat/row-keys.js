// The keys of a focused message.

const PAGE = 10;
const ACTIONS = { e: "edit", r: "reply", "+": "react", u: "markUnread", Delete: "remove", Backspace: "remove" };
const MOVES = { ArrowUp: -1, ArrowDown: 1, PageUp: -PAGE, PageDown: PAGE };

export class RowKeys {
  /** @param {{move: Function, first: Function, last: Function, leave: Function, act: Function}} host */
  constructor(host) {
    this.host = host;
  }

  pressed(event, row) {
    if (!row || event.altKey || event.metaKey) {
      return;
    }
    const { key } = event;
    const isRow = event.target === row.node;
    if (key in MOVES) {
      this.host.move(row, MOVES[key]);
    } else if (key === "Home") {
      this.host.first();
    } else if (key === "End") {
      this.host.last();
    } else if (isRow && key in ACTIONS && !event.ctrlKey) {
      this.host.act(ACTIONS[key], row);
    } else if (isRow && key === "Enter") {
      row.node.querySelector(".actions button:not([hidden])")?.focus();
    } else if (key === "Escape") {
      (isRow ? this.host.leave : () => row.node.focus())();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}
