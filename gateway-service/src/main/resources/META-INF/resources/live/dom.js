// What the parts of the page are made of.

export const $ = (id) => document.getElementById(id);

export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in node) {
      node[key] = value;
    } else {
      node.setAttribute(key, value);
    }
  }
  node.append(...children);
  return node;
}

/** Sets a text only where it changes, so that nothing is announced or laid out for nothing. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Makes these the children, and leaves those alone that are so already: who has the focus keeps it. */
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
