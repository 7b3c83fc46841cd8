// Accounts: found by their names, with their roles and passwords.

import { element } from "/ui/dom.js";
import { ask } from "./dialogs.js";
import { PagedList } from "./list.js";
import { badge, button, code, notify, record, time } from "./parts.js";
import { ID } from "./people.js";
import { searchForm } from "./search.js";
import { pages, request } from "./session.js";

const ROLES = ["user", "admin"];

export function accounts() {
  const list = new PagedList({ label: "Accounts", item: accountRecord, empty: "No account has such a name." });
  const form = searchForm("Username, display name or id", { required: true, maxLength: 64 }, (text) =>
    list.reload(ID.test(text) ? pages("/api/users", { ids: text, limit: undefined }) : pages("/api/users", { query: text })),
  );
  list.node.hidden = true;
  form.addEventListener("submit", () => (list.node.hidden = false));
  return { tools: [form], body: [list.node], start: () => form.elements.query.focus() };
}

function accountRecord(account) {
  const { id, username, displayName, bot, createdAt } = account;
  return record(displayName, {
    badges: [element("span", { className: "hint" }, username), ...(bot ? [badge("service account")] : [])],
    facts: [["Id", code(id)], ["Created", time(createdAt)]],
    actions: bot ? [] : [button("Roles", () => changeRoles(account)), button("Set password", () => setPassword(account))],
  });
}

async function changeRoles({ id, username }) {
  try {
    const { roles } = await request("GET", `/api/users/${id}/roles`);
    await ask({
      title: `Roles of ${username}`,
      text: "An account that loses a role is signed out everywhere.",
      fields: [{ name: "roles", label: "Roles", type: "choices", options: ROLES, value: roles }],
      submit: "Save",
      run: async (values) => {
        const changed = await request("PUT", `/api/users/${id}/roles`, values);
        notify(`${username} has the roles ${changed.roles.join(", ")}.`);
      },
    });
  } catch (failure) {
    notify(failure.message);
  }
}

function setPassword({ id, username }) {
  return ask({
    title: `New password of ${username}`,
    text: "The account is signed out everywhere.",
    fields: [
      { name: "newPassword", label: "New password", type: "password", required: true, maxLength: 1024, autocomplete: "new-password" },
    ],
    submit: "Set password",
    danger: true,
    run: async (values) => {
      await request("PUT", `/api/users/${id}/password`, values);
      notify(`${username} has a new password.`);
    },
  });
}
