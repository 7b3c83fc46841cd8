// Functions to build a page, shared by several modules.

export const $ = (id) => document.getElementById(id);

/** Makes an element; `role` and names with a hyphen are set as attributes, all others as properties. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined) {
      continue;
    }
    if (key === "role" || key.includes("-")) {
      node.setAttribute(key, value);
    } else {
      node[key] = value;
    }
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Sets a text if it differs, so that an equal one is neither announced nor laid out again. */
export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** A button that does something and submits nothing. */
export function button(attributes, ...children) {
  return element("button", { type: "button", ...attributes }, ...children);
}

/** A button with an icon; its name is its label for screen readers and its tooltip. */
export function iconButton(name, label, attributes = {}) {
  return button({ className: "icon", "aria-label": label, title: label, ...attributes }, icon(name));
}

const SVG = "http://www.w3.org/2000/svg";

/** Strokes on a square of 24. */
const PATHS = {
  back: "M15 5l-7 7 7 7",
  bell: "M6 17V11a6 6 0 0 1 12 0v6l2 2H4zM10 21h4",
  close: "M6 6l12 12M18 6L6 18",
  compass: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M15.5 8.5l-2 5-5 2 2-5z",
  down: "M12 5v14M6 13l6 6 6-6",
  edit: "M4 20l1-5L16 4l4 4L9 19z",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M5 7h14M5 12h14M5 17h14",
  people: "M9 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6M3 20a6 6 0 0 1 12 0M16 6a3 3 0 0 1 0 5M17 14a6 6 0 0 1 4 6",
  plus: "M12 5v14M5 12h14",
  reply: "M10 7l-5 5 5 5M5 12h8a6 6 0 0 1 6 6",
  search: "M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13M15.5 15.5l5 5",
  send: "M4 12l16-8-5 16-3.5-6.5z",
  smile: "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18M8 14a5 5 0 0 0 8 0M9 9v1M15 9v1",
  trash: "M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13",
  unread: "M4 6h10M4 12h16M4 18h16M18 4a2 2 0 1 0 .01 0",
};

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** The element that has the focus, also inside of a shadow tree. */
export function focused(node) {
  return node.getRootNode().activeElement ?? null;
}

/** Where a notice is seen and read out: the dialog on top, which makes all else inert, or else the page. */
export function topmost() {
  return [...document.querySelectorAll("dialog:modal")].at(-1) ?? document.body;
}

/** Runs `action` at most once per frame, however often it is requested. */
export function oncePerFrame(action) {
  let frame = 0;
  return () => {
    frame ||= requestAnimationFrame(() => {
      frame = 0;
      action();
    });
  };
}
