// Actions of an owner on a member of a room: give or take the ownership, remove, ban.

import { Dialog } from "../ui/dialog.js";
import { button, element } from "../ui/dom.js";
import { nameOf } from "./person.js";

const MAX_REASON = 500;
const HOUR_MS = 3_600_000;
/** How long a ban may last, in hours; 0 is for ever. */
const TERMS = [["1", "an hour"], ["24", "a day"], ["168", "a week"], ["0", "for ever"]];

/**
 * Opens the dialog, which is gone once it is closed.
 *
 * @param {object} options
 * @param {import("/client/index.js").HeliographClient} options.client
 * @param {import("/client/index.js").Room} options.room
 * @param {import("/client/index.js").Member} options.member
 * @param {(text: string) => void} options.done shows the result
 */
export function manageMember({ client, room, member: { user, role }, done }) {
  const name = nameOf(user);
  const dialog = new Dialog({ title: `Manage ${name}`, className: "small" });
  dialog.node.id = "member-dialog";
  dialog.node.addEventListener("close", () => dialog.node.remove());
  const path = `/api/rooms/${room.id}`;
  const act = (action) => async () => {
    let text;
    if (await dialog.attempt(async () => (text = await action()))) {
      dialog.close();
      done(text);
    }
  };

  const reason = element("input", { name: "reason", maxLength: MAX_REASON, autocomplete: "off" });
  const term = element("select", { name: "term" }, ...TERMS.map(([value, text]) => element("option", { value }, text)));
  const offer = act(async () => {
    const { invitedBy } = (await room.addMember(user.id, "owner")) ?? {};
    return invitedBy === undefined ? `${name} is an owner of the room.` : `${name} is asked to be an owner of the room.`;
  });
  const demote = act(async () => {
    await room.addMember(user.id, "member");
    return `${name} is no owner any more.`;
  });
  const remove = act(async () => {
    const why = reason.value.trim();
    await client.request("DELETE", `${path}/members/${user.id}${why ? `?reason=${encodeURIComponent(why)}` : ""}`);
    return `${name} is not in the room any more.`;
  });
  const ban = act(async () => {
    const hours = Number(term.value);
    const until = hours > 0 ? new Date(Date.now() + hours * HOUR_MS).toISOString() : undefined;
    await client.request("PUT", `${path}/bans/${user.id}`, { body: { reason: reason.value.trim() || undefined, until } });
    return `${name} is banned from the room.`;
  });

  dialog.body.append(
    role === "owner"
      ? button({ className: "secondary", onclick: demote }, "Make a plain member")
      : button({ className: "secondary", onclick: offer }, "Make an owner"),
    element("h3", {}, "Take out of the room"),
    element("label", {}, "Reason (optional)", reason),
    element("div", { className: "buttons" }, button({ className: "danger", onclick: remove }, "Remove")),
    element("label", {}, "Ban for", term),
    element("p", { className: "hint" }, "A banned user is removed, and cannot return until then."),
    element("div", { className: "buttons" }, button({ className: "danger", onclick: ban }, "Ban")),
  );
  dialog.open();
}
