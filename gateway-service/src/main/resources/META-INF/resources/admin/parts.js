// The parts of the sections: records and their states.

import { element, topmost } from "/ui/dom.js";

export function button(text, onclick, className = "quiet") {
  return element("button", { type: "button", className, onclick }, text);
}

export const code = (text) => element("code", {}, text);

/** `kind` is good, warn or bad, or undefined for a plain one. */
export const badge = (text, kind = "") => element("span", { className: `badge ${kind}` }, text);

export function time(instant) {
  return element("time", { dateTime: instant, title: instant }, new Date(instant).toLocaleString("en-GB"));
}

/** An item of a list: its name, its data as pairs, and its actions. Pairs without a value are left out. */
export function record(title, { badges = [], facts = [], actions = [], body = [] } = {}) {
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== "");
  return element(
    "li",
    { className: "record", tabIndex: -1 },
    element("h3", { className: "title" }, title, ...badges),
    element(
      "dl",
      { className: "facts" },
      ...known.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, value))),
    ),
    ...body,
    ...(actions.length > 0 ? [element("div", { className: "actions" }, ...actions)] : []),
  );
}

/** The text of an error, with the code of the API if it has one. */
export function describe(failure) {
  if (failure.status === undefined) {
    return failure instanceof TypeError ? "The server cannot be reached." : failure.message;
  }
  return failure.code ? `${failure.message} (${failure.code})` : failure.message;
}

const NOTICE = 8_000;
let notice;
let forgetting;

/** Shows the result of an action after its dialog is closed. */
export function notify(text) {
  notice ??= document.getElementById("notice");
  clearTimeout(forgetting);
  forgetting = setTimeout(() => (notice.textContent = ""), NOTICE);
  setTimeout(() => {
    topmost().append(notice);
    notice.textContent = text;
  });
}
