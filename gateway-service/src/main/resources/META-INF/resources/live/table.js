// Lists and tables that are shown again and again with other contents.

import { element } from "/ui/dom.js";

/** Replaces the children. Those that are equal stay, so that the focus is not lost. */
export function setChildren(parent, children) {
  children.forEach((child, index) => {
    const present = parent.childNodes[index];
    if (!present) {
      parent.append(child);
    } else if (!present.isEqualNode(child)) {
      present.replaceWith(child);
    }
  });
  while (parent.childNodes.length > children.length) {
    parent.lastChild.remove();
  }
}

/** Fills a table. The first cell of a row is its heading; a cell is a text or a node. */
export function fillTable(table, titles, rows, empty = "None.") {
  if (!table.tHead) {
    table.append(element("thead", {}, element("tr")), element("tbody"));
  }
  setChildren(table.tHead.rows[0], titles.map((title) => element("th", { scope: "col" }, title)));
  const lines = rows.map((cells) =>
    element("tr", {}, ...cells.map((cell, index) => element(index === 0 ? "th" : "td", index === 0 ? { scope: "row" } : {}, cell))),
  );
  setChildren(
    table.tBodies[0],
    lines.length > 0 ? lines : [element("tr", {}, element("td", { colSpan: titles.length, className: "hint" }, empty))],
  );
}
