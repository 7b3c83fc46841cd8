// Accounts: found by their names, and those that are banned.

import { element } from "/ui/dom.js";
import { ban, changeRoles, lift, remove, setPassword } from "./account-actions.js";
import { PagedList } from "./list.js";
import { nameOf, withNames } from "./names.js";
import { badge, button, code, record, time } from "./parts.js";
import { ID } from "./people.js";
import { searchForm } from "./search.js";
import { showSessions } from "./sessions.js";
import { pages } from "./session.js";

export function accounts() {
  const found = new PagedList({ label: "Accounts", item: accountRecord, empty: "No account has such a name." });
  const banned = new PagedList({
    label: "Banned accounts",
    load: withNames(pages("/api/users/bans"), ({ bannedBy }) => [bannedBy]),
    item: banRecord,
    empty: "No account is banned.",
  });
  const hint = element("p", { className: "hint empty" }, "Search for an account to see its roles and sessions, to ban or to delete it.");
  const show = (list) => {
    hint.hidden = list !== null;
    found.node.hidden = list !== found;
    banned.node.hidden = list !== banned;
  };
  const form = searchForm("Username, display name or id", { required: true, maxLength: 64 }, (text) => {
    show(found);
    return found.reload(ID.test(text) ? pages("/api/users", { ids: text, limit: undefined }) : pages("/api/users", { query: text }));
  });
  const listBans = () => {
    show(banned);
    return banned.reload();
  };
  show(null);
  return {
    tools: [form, button("Banned accounts", listBans)],
    body: [hint, found.node, banned.node],
    start: () => form.elements.query.focus(),
  };
}

function accountRecord(account, change) {
  const { id, username, displayName, bot, createdAt } = account;
  return record(displayName, {
    badges: [element("span", { className: "hint" }, username), ...(bot ? [badge("service account")] : [])],
    facts: [["Id", code(id)], ["Created", time(createdAt)]],
    actions: bot
      ? []
      : [
          button("Roles", () => changeRoles(account)),
          button("Sessions", () => showSessions(account)),
          button("Set password", () => setPassword(account)),
          button("Ban", () => ban(account), "danger"),
          button("Delete", () => remove(account, change), "danger"),
        ],
  });
}

function banRecord(banned, change) {
  const { user, username, reason, bannedBy, createdAt, until } = banned;
  const again = (changed) => change({ ...banned, ...changed });
  return record(username, {
    badges: [badge("banned", "bad")],
    facts: [
      ["Reason", reason],
      ["Since", time(createdAt)],
      ["Until", until ? time(until) : "for ever"],
      ["By", nameOf(bannedBy)],
      ["Id", code(user)],
    ],
    actions: [
      button("Change the ban", () => ban({ id: user, username }, banned, again)),
      button("Lift the ban", () => lift({ id: user, username }, () => change(null))),
    ],
  });
}
