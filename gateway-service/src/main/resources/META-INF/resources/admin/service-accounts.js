// Service accounts and their secrets.

import { element } from "/ui/dom.js";
import { ask, showSecret } from "./dialogs.js";
import { PagedList } from "./list.js";
import { nameOf, withNames } from "./names.js";
import { button, code, notify, record, time } from "./parts.js";
import { pages, request } from "./session.js";

const PATH = "/api/service-accounts";
const ROLES = ["user", "integrator", "impersonator"];
const ONCE = "This secret is shown now and never again. Put it into the secret store of the backend.";

export function serviceAccounts() {
  const load = withNames(pages(PATH), ({ createdBy }) => [createdBy]);
  const list = new PagedList({ label: "Service accounts", load, item: accountRecord, empty: "There is no service account." });
  return {
    tools: [button("New service account", () => create(list), "")],
    body: [list.node],
    start: () => list.reload(),
  };
}

function accountRecord(account, change) {
  const { id, name, username, roles, issuer, clientId, secrets, createdAt, createdBy } = account;
  const reload = async () => change(await request("GET", `${PATH}/${id}`));
  return record(name, {
    badges: [element("span", { className: "hint" }, username)],
    facts: [
      ["Client id", code(clientId)],
      ["Roles", roles.join(", ")],
      ["Issuer", code(issuer)],
      ["Created", time(createdAt)],
      ["By", nameOf(createdBy)],
    ],
    body: [
      element(
        "ul",
        { className: "records secrets", role: "list", "aria-label": `Secrets of ${name}` },
        ...secrets.map((secret) => secretItem(account, secret, secrets.length === 1, reload)),
      ),
    ],
    actions: [
      button("Add a secret", () => addSecret(account, reload)),
      button("Delete", () => remove(account, change), "danger"),
    ],
  });
}

function secretItem({ id, name }, secret, last, reload) {
  const used = secret.lastUsedAt ? ["last used ", time(secret.lastUsedAt)] : ["never used"];
  const revoke = () =>
    ask({
      title: "Delete this secret?",
      text: last
        ? `It is the only one of ${name}: its backend is shut out, and its tokens are revoked at once.`
        : `The tokens of ${name} that were had by it are revoked at once.`,
      submit: "Delete the secret",
      danger: true,
      run: async () => {
        await request("DELETE", `${PATH}/${id}/secrets/${secret.id}`);
        notify("The secret is deleted.");
        await reload();
      },
    });
  return element(
    "li",
    { className: "facts" },
    element("span", {}, "Secret of ", time(secret.createdAt), ", ", ...used),
    element("span", { className: "actions" }, button("Delete the secret", revoke, "danger")),
  );
}

async function create(list) {
  const created = await ask({
    title: "New service account",
    fields: [
      { name: "name", label: "Name", required: true, maxLength: 64 },
      { name: "roles", label: "Roles", type: "choices", options: ROLES, value: ["integrator"] },
      { name: "issuer", label: "Issuer", maxLength: 255, hint: "Of the ids of the product's users; may be left out." },
    ],
    submit: "Create",
    run: ({ name, roles, issuer }) => request("POST", PATH, { name, roles, issuer: issuer || undefined }),
  });
  if (created) {
    await showSecret(`Secret of ${created.name}`, `Client id ${created.clientId}. ${ONCE}`, created.clientSecret);
    list.reload();
  }
}

async function addSecret({ id, name }, reload) {
  const added = await ask({
    title: `New secret of ${name}`,
    text: "Two are valid at a time: the new one and the newest of those before it.",
    submit: "Add a secret",
    run: () => request("POST", `${PATH}/${id}/secrets`),
  });
  if (added) {
    await showSecret(`New secret of ${name}`, ONCE, added.clientSecret);
    await reload();
  }
}

function remove({ id, name }, change) {
  return ask({
    title: `Delete ${name}?`,
    text: "Its tokens, and those that it had for people, are revoked. Its messages stay, without its name. This cannot be undone.",
    submit: "Delete the account",
    danger: true,
    run: async () => {
      await request("DELETE", `${PATH}/${id}`);
      notify(`${name} is deleted.`);
      change(null);
    },
  });
}
