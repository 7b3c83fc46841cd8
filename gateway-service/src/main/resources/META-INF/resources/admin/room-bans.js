// The bans of a room.

import { ask, showList } from "./dialogs.js";
import { reasonField, untilField, untilOf } from "./fields.js";
import { PagedList } from "./list.js";
import { button, code, notify, record, time } from "./parts.js";
import { accountField, findAccount } from "./people.js";
import { pages, request } from "./session.js";

export function showBans(room) {
  const list = new PagedList({
    label: "Bans",
    load: pages(`/api/rooms/${room.id}/bans`),
    item: (ban, change) => banRecord(room, ban, change),
    empty: "Nobody is banned.",
  });
  const another = button("Ban a user", async () => {
    if (await banFrom(room)) {
      list.reload();
    }
  });
  showList(`Bans from ${room.name}`, list, another);
}

/** Bans this user, or one who is selected in a dialog. Returns the ban, if there is one. */
export function banFrom(room, user) {
  return ask({
    title: user ? `Ban ${user.username} from ${room.name}` : `Ban from ${room.name}`,
    text: "The user is removed from the room, and cannot come back until the ban ends.",
    fields: [...(user ? [] : [accountField("account", "Username or id")]), reasonField(), untilField()],
    submit: "Ban",
    danger: true,
    run: async (values) => {
      const { id, username } = user ?? (await findAccount(values.account));
      const ban = await request("PUT", `/api/rooms/${room.id}/bans/${id}`, untilOf(values));
      notify(`${username} is banned from ${room.name}.`);
      return ban;
    },
  });
}

function banRecord(room, { user, reason, bannedBy, createdAt, until }, change) {
  const lift = () =>
    ask({
      title: `Lift the ban of ${user.username}?`,
      text: "This does not make the user a member again.",
      submit: "Lift the ban",
      run: async () => {
        await request("DELETE", `/api/rooms/${room.id}/bans/${user.id}`);
        notify(`${user.username} may come into ${room.name} again.`);
        change(null);
      },
    });
  return record(user.displayName, {
    facts: [
      ["Username", user.username],
      ["Reason", reason],
      ["Since", time(createdAt)],
      ["Until", until ? time(until) : "for ever"],
      ["By", bannedBy.username],
      ["Id", code(user.id)],
    ],
    actions: [button("Lift the ban", lift)],
  });
}
