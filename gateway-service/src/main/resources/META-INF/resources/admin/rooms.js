// Rooms, their members and their repair.

import { showRoomEvents } from "./audit.js";
import { ask, showList } from "./dialogs.js";
import { reasonField, withReason } from "./fields.js";
import { PagedList } from "./list.js";
import { badge, button, code, describe, notify, record, time } from "./parts.js";
import { accountField, findAccount, ID } from "./people.js";
import { changeRetention } from "./retention.js";
import { banFrom, showBans } from "./room-bans.js";
import { searchForm } from "./search.js";
import { pages, request } from "./session.js";

export function rooms() {
  const list = new PagedList({ label: "Rooms", item: roomRecord, empty: "There is no such room." });
  const form = searchForm("Public room by its name, or any by its id", { maxLength: 100 }, (text) => list.reload(source(text)));
  return { tools: [form], body: [list.node], start: () => list.reload(source("")) };
}

/** Without a text all rooms, the newest first. */
function source(text) {
  if (ID.test(text)) {
    return async () => ({ items: [await request("GET", `/api/rooms/${text}`)], next: null });
  }
  return text === "" ? pages("/api/rooms/all") : pages("/api/rooms", { visibility: "public", query: text });
}

function roomRecord({ name: given, ...rest }, change) {
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
    actions: [
      button("Members", () => showMembers(room)),
      button("Bans", () => showBans(room)),
      ...(isDirect ? [] : [button("Change", () => changeRoom(room, change)), button("Name an owner", () => nameOwner(room))]),
      button("Retention", () => changeRetention(room)),
      button("Audit log", () => showRoomEvents(room)),
      button("Delete", () => remove(room, change), "danger"),
    ],
  });
}

function changeRoom({ id, name, topic }, change) {
  return ask({
    title: `Change ${name}`,
    fields: [
      { name: "name", label: "Name", required: true, maxLength: 100, value: name },
      { name: "topic", label: "Topic", maxLength: 500, value: topic ?? "" },
    ],
    submit: "Save",
    run: async (values) => {
      const changed = await request("PATCH", `/api/rooms/${id}`, { name: values.name, topic: values.topic || null });
      notify("The room is changed.");
      change(changed);
    },
  });
}

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

function showMembers(room) {
  const list = new PagedList({
    label: "Members",
    load: pages(`/api/rooms/${room.id}/members`),
    item: (member, change) => memberRecord(room, member, change),
    empty: "Nobody is in this room.",
  });
  showList(`Members of ${room.name}`, list);
}

function memberRecord(room, { user, role, joinedAt }, change) {
  const path = `/api/rooms/${room.id}/members/${user.id}`;
  const remove = () =>
    ask({
      title: `Remove ${user.username}?`,
      text: `From ${room.name}, whose messages are not shown to them any more.`,
      fields: [reasonField("For the audit log; may be left out.")],
      submit: "Remove",
      danger: true,
      run: async ({ reason }) => {
        await request("DELETE", withReason(path, reason));
        notify(`${user.username} is not in ${room.name} any more.`);
        change(null);
      },
    });
  const ban = async () => {
    if (await banFrom(room, user)) {
      change(null);
    }
  };
  const other = role === "owner" ? "member" : "owner";
  const giveRole = async () => {
    try {
      change(await request("PUT", path, { role: other }));
      notify(`${user.username} is ${other === "owner" ? "an owner" : "a plain member"} of ${room.name}.`);
    } catch (failure) {
      notify(describe(failure));
    }
  };
  return record(user.displayName, {
    badges: [badge(role, role === "owner" ? "good" : ""), ...(user.bot ? [badge("service account")] : [])],
    facts: [
      ["Username", user.username],
      ["Since", time(joinedAt)],
      ["Id", code(user.id)],
    ],
    actions: [
      ...(room.kind === "direct" ? [] : [button(other === "owner" ? "Make an owner" : "Make a member", giveRole)]),
      button("Remove", remove, "danger"),
      button("Ban", ban, "danger"),
    ],
  });
}

function remove({ id, name }, change) {
  return ask({
    title: `Delete ${name}?`,
    text: "Nobody finds the room or anything in it afterwards. This cannot be undone.",
    fields: [reasonField("For the audit log; may be left out.")],
    submit: "Delete the room",
    danger: true,
    run: async ({ reason }) => {
      await request("DELETE", withReason(`/api/rooms/${id}`, reason));
      notify(`${name} is deleted.`);
      change(null);
    },
  });
}
