// The sessions of an account.

import { ask, showList } from "./dialogs.js";
import { PagedList } from "./list.js";
import { badge, button, notify, record, time } from "./parts.js";
import { request } from "./session.js";

export function showSessions({ id, username }) {
  const path = `/api/users/${id}/sessions`;
  const list = new PagedList({
    label: "Sessions",
    load: () => request("GET", path),
    item: (session, change) => sessionRecord(path, session, change),
    empty: `${username} is signed in nowhere.`,
  });
  const endAll = button("End all sessions", () => confirmEnd(path, username, () => list.reload()), "danger");
  showList(`Sessions of ${username}`, list, endAll);
}

function sessionRecord(path, { id, userAgent, address, createdAt, lastUsedAt, current }, change) {
  const end = () =>
    ask({
      title: "End this session?",
      text: "The device is signed out at once.",
      submit: "End the session",
      danger: true,
      run: async () => {
        await request("DELETE", `${path}/${id}`);
        notify("The session has ended.");
        change(null);
      },
    });
  return record(userAgent ?? "An unknown device", {
    badges: current ? [badge("this one", "good")] : [],
    facts: [
      ["Address", address],
      ["Since", time(createdAt)],
      ["Last used", time(lastUsedAt)],
    ],
    actions: [button("End", end, "danger")],
  });
}

function confirmEnd(path, username, done) {
  return ask({
    title: `End all sessions of ${username}?`,
    text: "The account is signed out everywhere at once.",
    submit: "End all sessions",
    danger: true,
    run: async () => {
      await request("DELETE", path);
      notify(`${username} is signed out everywhere.`);
      done();
    },
  });
}
