// Actions of administrators, integrators and owners on other users: on accounts, and in rooms.

import { element } from "/ui/dom.js";
import { showList } from "./dialogs.js";
import { PagedList } from "./list.js";
import { badge, code, record, time } from "./parts.js";
import { findAccount } from "./people.js";
import { searchForm } from "./search.js";
import { pages } from "./session.js";

const ACCOUNTS = "/api/users/audit-events";
const ROOMS = "/api/rooms/audit-events";

export function audit() {
  const list = new PagedList({ label: "Audit log", item: eventRecord, empty: "Nothing has been done." });
  const log = element(
    "select",
    { name: "log" },
    element("option", { value: ACCOUNTS }, "Accounts"),
    element("option", { value: ROOMS }, "Rooms"),
  );
  const form = searchForm("User (username or id)", { maxLength: 64 }, () => show());
  const show = () => list.reload(source(log.value, form.elements.query.value.trim()));
  form.prepend(element("label", {}, "Log of", log));
  log.addEventListener("change", show);
  return { tools: [form], body: [list.node], start: show };
}

/** The events of one room. */
export function showRoomEvents({ id, name }) {
  const list = new PagedList({ label: "Audit log", load: pages(ROOMS, { room: id }), item: eventRecord, empty: "Nothing has been done." });
  showList(`Audit log of ${name}`, list);
}

/** Without a text of everybody. */
function source(path, text) {
  return text === "" ? pages(path) : async (after) => pages(path, { user: (await findAccount(text)).id })(after);
}

function eventRecord({ event, at, actor, user, session, room, seq, reason, roles, until, details = {} }) {
  return record(event.replaceAll("_", " "), {
    badges: [element("span", { className: "hint" }, time(at))],
    facts: [
      ["By", actor ? who(actor) : badge("the service itself")],
      ["User", user && who(user)],
      ["Session", session && code(session)],
      ["Room", room && code(room)],
      ["Message", seq],
      ["Reason", reason],
      ["Roles", roles?.join(", ")],
      ["Until", until && time(until)],
      ...Object.entries(details ?? {}).map(([name, value]) => [capitalized(name), shown(value)]),
    ],
  });
}

const capitalized = (name) => name.charAt(0).toUpperCase() + name.slice(1);

function shown(value) {
  return value === null || typeof value === "object" ? JSON.stringify(value) : String(value);
}

/** Of an account that is gone only the id is known. */
function who({ id, username }) {
  return username ? element("span", { title: id }, username) : code(id);
}
