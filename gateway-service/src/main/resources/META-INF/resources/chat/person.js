// A person in a list.

import { element } from "../ui/dom.js";
import { initialsOf, tintOf } from "../ui/format.js";

export const nameOf = ({ displayName, username }) => displayName ?? username;

/** @param {string} [more] is said after the username */
export function personItem(user, more = "") {
  return element(
    "li",
    {},
    element("span", { className: `avatar ${tintOf(user.id)}`, "aria-hidden": "true" }, initialsOf(nameOf(user))),
    element(
      "div",
      {},
      element("strong", { dir: "auto" }, nameOf(user)),
      element("span", { className: "hint" }, `@${user.username}${more}`),
    ),
  );
}
