// What administrators and integrators did to accounts.

import { element } from "/ui/dom.js";
import { PagedList } from "./list.js";
import { badge, code, record, time } from "./parts.js";
import { findAccount } from "./people.js";
import { searchForm } from "./search.js";
import { pages } from "./session.js";

const PATH = "/api/users/audit-events";

export function audit() {
  const list = new PagedList({ label: "Audit log", load: pages(PATH), item: eventRecord, empty: "Nothing has been done." });
  const form = searchForm("What was done to a user, by username or id", { maxLength: 64 }, (text) => list.reload(source(text)));
  return { tools: [form], body: [list.node], start: () => list.reload() };
}

/** Without a text of everybody. */
function source(text) {
  return text === "" ? pages(PATH) : async (after) => pages(PATH, { user: (await findAccount(text)).id })(after);
}

function eventRecord({ event, at, actor, user, session, reason, roles, until }) {
  return record(event.replaceAll("_", " "), {
    badges: [element("span", { className: "hint" }, time(at))],
    facts: [
      ["By", actor ? who(actor) : badge("the service itself")],
      ["User", user && who(user)],
      ["Session", session && code(session)],
      ["Reason", reason],
      ["Roles", roles?.join(", ")],
      ["Until", until && time(until)],
    ],
  });
}

/** Of an account that is gone only the id is known. */
function who({ id, username }) {
  return username ? element("span", { title: id }, username) : code(id);
}
