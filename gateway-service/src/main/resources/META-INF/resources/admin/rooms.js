// Rooms, private ones too, and who owns them.

import { ask } from "./dialogs.js";
import { PagedList } from "./list.js";
import { badge, button, code, notify, record, time } from "./parts.js";
import { accountField, findAccount } from "./people.js";
import { searchForm } from "./search.js";
import { pages, request } from "./session.js";

export function rooms() {
  const list = new PagedList({ label: "Rooms", item: roomRecord, empty: "There is no such room." });
  const form = searchForm("Public room by its name", { maxLength: 100 }, (text) => list.reload(source(text)));
  return { tools: [form], body: [list.node], start: () => list.reload(source("")) };
}

/** Without a text all rooms, the newest first. */
function source(text) {
  return text === "" ? pages("/api/rooms/all") : pages("/api/rooms", { visibility: "public", query: text });
}

function roomRecord({ name: given, ...rest }) {
  const isDirect = rest.kind === "direct";
  const room = { ...rest, name: given ?? "A direct room" };
  const { id, name, topic, visibility, lastSeq, createdAt } = room;
  return record(name, {
    badges: [badge(isDirect ? "direct" : visibility)],
    facts: [
      ["Topic", topic],
      ["Messages", String(lastSeq)],
      ["Created", time(createdAt)],
      ["Id", code(id)],
    ],
    actions: isDirect ? [] : [button("Name an owner", () => nameOwner(room))],
  });
}

/** Where the owners are gone, or quarrel. */
function nameOwner({ id, name }) {
  return ask({
    title: `Name an owner of ${name}`,
    fields: [accountField("account", "Username or id")],
    submit: "Make the owner",
    run: async ({ account }) => {
      const { id: user, username } = await findAccount(account);
      await request("PUT", `/api/rooms/${id}/members/${user}`, { role: "owner" });
      notify(`${username} is an owner of ${name}.`);
    },
  });
}
