// What several modules need to build a page.

/** Makes an element; `role` and names with a hyphen are set as attributes, all others as properties. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === "role" || key.includes("-")) {
      node.setAttribute(key, value);
    } else {
      node[key] = value;
    }
  }
  node.append(...children);
  return node;
}

/** Runs `change`, by which a scrolled list may grow. A reader who was at its end is there afterwards too. */
export function keepingEnd(list, change) {
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  change();
  if (atEnd) {
    list.scrollTop = list.scrollHeight;
  }
}

/** A size in bytes as people read it. */
export function readableSize(bytes) {
  const units = ["B", "KB", "MB", "GB"];
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  return `${(bytes / 1000 ** unit).toLocaleString([], { maximumFractionDigits: unit === 0 ? 0 : 1 })} ${units[unit]}`;
}
